package dev.cria.tokenizers;

import java.util.Arrays;

/** The tokens of one text while it is being encoded: first one for each character, then merged pair by pair. */
final class Symbols {

  /*
   * A symbol is known by the place it had before any merge. Merging keeps the place of the left one and takes the right one
   * out of a linked list, so places stay in order. A heap holds, for every pair that merges, the order of its score and the
   * place of its left symbol, in one number: the least is the best score, among equals the leftmost, as in llama2.c.
   * Entries are not removed when their pair goes: one counts only if the pair now at its place has that very order.
   */
  private static final int NONE = -1;

  private int[] ids;
  private int size;

  Symbols(int capacity) {
    ids = new int[Math.max(8, capacity)];
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }

  /** Merges the best pair, the leftmost among equals, until none is left: O(n log n). */
  void merge(MergeTable table) {
    new Merging(table).run();
  }

  /** One run of {@link #merge}; its arrays are by place. */
  private final class Merging {

    private final MergeTable table;
    private final IdMap known = new IdMap(); // what pairs of tokens merge into, as far as was asked
    private final LongHeap heap = new LongHeap(size);
    private final int[] next = new int[size];
    private final int[] previous = new int[size];
    private final int[] merged = new int[size]; // what this symbol and the next merge into, or NONE

    Merging(MergeTable table) {
      this.table = table;
    }

    void run() {
      for (int place = 0; place < size; place++) {
        next[place] = place + 1 < size ? place + 1 : NONE;
        previous[place] = place - 1;
        offer(place);
      }
      while (!heap.isEmpty()) {
        long entry = heap.take();
        int place = (int) entry;
        if (merged[place] != NONE && table.order(merged[place]) == (int) (entry >> 32)) {
          mergeAt(place);
        }
      }
      compact();
    }

    private void mergeAt(int place) {
      int right = next[place];
      ids[place] = merged[place];
      merged[right] = NONE;
      next[place] = next[right];
      if (next[place] != NONE) {
        previous[next[place]] = place;
      }
      offer(place);
      if (previous[place] != NONE) {
        offer(previous[place]);
      }
    }

    private void offer(int place) {
      merged[place] = next[place] == NONE ? NONE : pair(ids[place], ids[next[place]]);
      if (merged[place] != NONE) {
        heap.add((long) table.order(merged[place]) << 32 | place);
      }
    }

    private int pair(int left, int right) {
      long key = (long) left << 32 | right;
      int id = known.get(key);
      if (id == IdMap.ABSENT) {
        id = table.merged(left, right);
        known.put(key, id);
      }
      return id;
    }

    private void compact() {
      int kept = 0;
      for (int place = 0; place != NONE && place < size; place = next[place]) {
        ids[kept++] = ids[place];
      }
      size = kept;
    }
  }
}
