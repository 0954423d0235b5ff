package dev.cria.sampling;

import java.util.Arrays;

/** The fewest, most probable candidates that together exceed a share of probability: what top-p keeps, as llama2.c does. */
final class Nucleus {

  /*
   * An entry is one number: in the upper half how far the bits of a probability are below those of 1 (the bits of positive
   * floats compare as the floats do), in the lower half its index. So ascending order is descending probability, and a radix
   * sort by the upper half, being stable, leaves equal ones in the order of their indices.
   * Three digits of 10 bits suffice, since the bits of 1 need 30. The sort allocates nothing and takes the same time for
   * any distribution.
   */
  private static final int ONE = Float.floatToIntBits(1);
  private static final int DIGIT_BITS = 10;
  private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

  private final int[] starts = new int[1 << DIGIT_BITS];
  private long[] entries = {};
  private long[] spare = {};
  private int size;
  private float probability;

  /**
   * Chooses from probabilities in [0, 1] that sum to 1.
   *
   * @param probabilities {@code (count,)} at least
   * @param share in [0, 1)
   */
  void select(float[] probabilities, int count, float share) {
    reserve(count);
    int waiting = collect(probabilities, count, (1 - share) / (count - 1));
    for (int digit = 0; digit < 3; digit++) {
      sort(waiting, Integer.SIZE + digit * DIGIT_BITS);
    }
    size = 0;
    probability = 0;
    while (size < waiting && !(probability > share)) {
      probability += probabilities[place(size++)];
    }
  }

  /** How many are kept, at least 1. */
  int size() {
    return size;
  }

  /** The index of one that is kept, the most probable first. */
  int place(int rank) {
    return (int) entries[rank];
  }

  /** What those kept have together. */
  float probability() {
    return probability;
  }

  /** Makes entries of those that reach the cutoff: those below it together are too little to matter. */
  private int collect(float[] probabilities, int count, float cutoff) {
    int waiting = 0;
    int first = 0; // the most probable: there may be none that reaches a cutoff made for many candidates
    for (int i = 0; i < count; i++) {
      if (probabilities[i] >= cutoff) {
        entries[waiting++] = entry(probabilities[i], i);
      }
      if (probabilities[i] > probabilities[first]) {
        first = i;
      }
    }
    if (waiting == 0) {
      entries[waiting++] = entry(probabilities[first], first);
    }
    return waiting;
  }

  private static long entry(float probability, int place) {
    return (long) (ONE - Float.floatToRawIntBits(probability)) << Integer.SIZE | place;
  }

  /** Sorts the entries by one digit, stably. */
  private void sort(int count, int shift) {
    Arrays.fill(starts, 0);
    for (int i = 0; i < count; i++) {
      starts[(int) (entries[i] >>> shift) & DIGIT_MASK]++;
    }
    int start = 0;
    for (int digit = 0; digit < starts.length; digit++) {
      int next = start + starts[digit];
      starts[digit] = start;
      start = next;
    }
    for (int i = 0; i < count; i++) {
      spare[starts[(int) (entries[i] >>> shift) & DIGIT_MASK]++] = entries[i];
    }
    long[] sorted = spare;
    spare = entries;
    entries = sorted;
  }

  private void reserve(int count) {
    if (entries.length < count) {
      entries = new long[count];
      spare = new long[count];
    }
  }
}
