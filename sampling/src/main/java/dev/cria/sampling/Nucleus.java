package dev.cria.sampling;

/** The fewest, most probable candidates that together exceed a share of probability: what top-p keeps, as llama2.c does. */
final class Nucleus {

  /*
   * llama2.c sorts. Here the candidates go into a heap, and only those that are kept come out of it, in the order of the sort:
   * the more probable first, of equals the one of the lower index. An entry of the heap is one number, the bits of the
   * probability (which, being positive, compare as the number does) above the complement of the index.
   */
  private long[] heap = {}; // entry i is not less than entries 2i + 1 and 2i + 2
  private int[] places = {};
  private int size;
  private float probability;

  /** What a candidate must have at least to be looked at: those below together never matter to a share. */
  static float cutoff(float share, int candidates) {
    return (1 - share) / (candidates - 1);
  }

  /**
   * Chooses from probabilities in [0, 1] that sum to 1.
   *
   * @param probabilities {@code (count,)} at least
   * @param share in (0, 1)
   */
  void select(float[] probabilities, int count, float share) {
    reserve(count);
    float cutoff = cutoff(share, count);
    int waiting = 0;
    int first = 0; // the most probable: kept even if the cutoff, meant for many candidates, spares none
    for (int i = 0; i < count; i++) {
      if (probabilities[i] >= cutoff) {
        heap[waiting++] = (long) Float.floatToRawIntBits(probabilities[i]) << 32 | (~i & 0xFFFF_FFFFL);
      }
      if (probabilities[i] > probabilities[first]) {
        first = i;
      }
    }
    if (waiting == 0) {
      keepOnly(first, probabilities);
      return;
    }
    for (int i = waiting / 2 - 1; i >= 0; i--) {
      sink(heap[i], i, waiting);
    }
    size = 0;
    probability = 0;
    while (waiting > 0 && !(probability > share)) {
      int place = ~(int) heap[0];
      places[size++] = place;
      probability += probabilities[place];
      sink(heap[--waiting], 0, waiting);
    }
  }

  /** How many are kept, at least 1. */
  int size() {
    return size;
  }

  /** The index of one that is kept, the most probable first. */
  int place(int rank) {
    return places[rank];
  }

  /** What those kept have together. */
  float probability() {
    return probability;
  }

  private void keepOnly(int place, float[] probabilities) {
    places[0] = place;
    size = 1;
    probability = probabilities[place];
  }

  /** Puts a value where entry {@code hole} was, in a heap of {@code count}. */
  private void sink(long value, int hole, int count) {
    int at = hole;
    for (int child = 2 * at + 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= value) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }

  private void reserve(int count) {
    if (heap.length < count) {
      heap = new long[count];
      places = new int[count];
    }
  }
}
