package dev.cria.training;

/**
 * Tokens to learn from: sequences of one length, one after another.
 *
 * @param sequences how many
 * @param length tokens of each
 * @param tokens {@code (sequences * length,)}
 * @param targets {@code (sequences * length,)}: the token that follows each, or {@link #NONE}
 * @param starts {@code (sequences * length,)}: the first position of the same sequence that each token may see, where its
 *     document begins
 */
record TrainingBatch(int sequences, int length, int[] tokens, int[] targets, int[] starts) {

  /** No target: nothing is learned at this position. */
  static final int NONE = -1;

  /** An empty one. */
  static TrainingBatch allocate(int sequences, int length) {
    int rows = Math.multiplyExact(sequences, length);
    return new TrainingBatch(sequences, length, new int[rows], new int[rows], new int[rows]);
  }

  int rows() {
    return tokens.length;
  }

  /** How many positions have a target. */
  int targetCount() {
    int count = 0;
    for (int target : targets) {
      count += target == NONE ? 0 : 1;
    }
    return count;
  }
}
