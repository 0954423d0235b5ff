package dev.cria.sampling;

/** The fewest, most probable candidates that together exceed a share of probability: what top-p keeps, as llama2.c does. */
final class Nucleus {

  /*
   * The key is how far the bits of a probability are below those of 1 (the bits of positive floats compare as the floats do):
   * so the least key is the greatest probability.
   */
  private static final int ONE = Float.floatToIntBits(1);

  private final RadixSort order = new RadixSort();
  private int size;
  private float probability;

  /**
   * Chooses from probabilities in [0, 1] that sum to 1.
   *
   * @param probabilities {@code (count,)} at least
   * @param share in [0, 1)
   */
  void select(float[] probabilities, int count, float share) {
    order.reserve(count);
    int waiting = collect(probabilities, count, (1 - share) / (count - 1));
    order.sort(waiting);
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
    return order.place(rank);
  }

  /** The same, as an order. */
  RadixSort order() {
    return order;
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
        order.put(waiting++, key(probabilities[i]), i);
      }
      if (probabilities[i] > probabilities[first]) {
        first = i;
      }
    }
    if (waiting == 0) {
      order.put(waiting++, key(probabilities[first]), first);
    }
    return waiting;
  }

  private static int key(float probability) {
    return ONE - Float.floatToRawIntBits(probability);
  }
}
