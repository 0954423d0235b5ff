package dev.cria.tokenizers;

import java.util.Arrays;

/** The tokens of one word while it is being encoded: first one for each character or byte, then merged pair by pair. */
final class Symbols {

  /*
   * A symbol is known by the place it had before any merge. Merging keeps the place of the left one and takes the right one
   * out of a linked list, so places stay in order. A heap holds, for every pair that merges, its order and the place of its
   * left symbol, in one number: the least is the best, among equals the leftmost. Entries are not removed when their pair
   * goes: one counts only if the pair now at its place has that very order. So a word of a million letters takes n log n.
   * All arrays are by place, and serve one word after another.
   */
  private static final int END = -1;
  private static final int KEPT = 1 << 12; // places; what a longer word needs is let go

  private final Merges merges;
  private final LongHeap heap = new LongHeap(64);
  private int[] ids = new int[64];
  private int[] next = {};
  private int[] previous = {};
  private long[] pairs = {}; // what this symbol and the next merge into
  private int size;

  Symbols(Merges merges) {
    this.merges = merges;
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  /** The token added last, or −1. */
  int last() {
    return size == 0 ? -1 : ids[size - 1];
  }

  /** Merges the best pair, the leftmost among equals, until none is left; adds what there is to a list, and begins anew. */
  void mergeInto(TokenList out) {
    if (size > 1) {
      merge();
    }
    out.addAll(ids, size);
    size = 0;
    if (ids.length > KEPT) {
      ids = new int[KEPT];
      next = new int[0];
    }
  }

  private void merge() {
    if (next.length < size) {
      next = new int[ids.length];
      previous = new int[ids.length];
      pairs = new long[ids.length];
    }
    heap.clear();
    for (int place = 0; place < size; place++) {
      next[place] = place + 1 < size ? place + 1 : END;
      previous[place] = place - 1;
      offer(place);
    }
    while (!heap.isEmpty()) {
      long entry = heap.take();
      int place = (int) entry;
      if (pairs[place] != Merges.NONE && pairs[place] >> 32 == entry >> 32) {
        mergeAt(place);
      }
    }
    int kept = 0;
    for (int place = 0; place != END; place = next[place]) {
      ids[kept++] = ids[place];
    }
    size = kept;
  }

  private void mergeAt(int place) {
    int right = next[place];
    ids[place] = (int) pairs[place];
    pairs[right] = Merges.NONE;
    next[place] = next[right];
    if (next[place] != END) {
      previous[next[place]] = place;
    }
    offer(place);
    if (previous[place] != END) {
      offer(previous[place]);
    }
  }

  private void offer(int place) {
    long pair = next[place] == END ? Merges.NONE : merges.pair(ids[place], ids[next[place]]);
    pairs[place] = pair;
    if (pair != Merges.NONE) {
      heap.add((pair & 0xFFFF_FFFF_0000_0000L) | place);
    }
  }
}
