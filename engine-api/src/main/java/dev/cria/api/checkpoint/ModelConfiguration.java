package dev.cria.api.checkpoint;

import dev.cria.api.kernel.RopeLayout;

/**
 * The shape of a Llama model and the constants of its formulas.
 *
 * @param architecture as the file names it, {@code llama} where it does not
 * @param dim width of the residual stream
 * @param hiddenDim width of the feed-forward block
 * @param layers transformer blocks
 * @param heads query heads
 * @param kvHeads key-value heads; divides {@code heads}
 * @param headDim elements of a head; even
 * @param vocabSize tokens
 * @param contextLength positions the model was made for
 * @param normEpsilon added to the mean square in every norm
 * @param rope rotary embedding
 * @since 0.1
 */
public record ModelConfiguration(
    String architecture,
    int dim,
    int hiddenDim,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int vocabSize,
    int contextLength,
    float normEpsilon,
    Rope rope) {

  /**
   * Rotary position embedding.
   *
   * @param layout which elements make a pair in this checkpoint's query and key projections
   * @param theta base of the frequencies; Llama 2 uses 10000
   * @param rotaryDim elements of a head that rotate
   */
  public record Rope(RopeLayout layout, double theta, int rotaryDim) {}

  /** Checks that every size is positive and that heads fit together. */
  public ModelConfiguration {
    positive("dim", dim);
    positive("hiddenDim", hiddenDim);
    positive("layers", layers);
    positive("heads", heads);
    positive("kvHeads", kvHeads);
    positive("headDim", headDim);
    positive("vocabSize", vocabSize);
    positive("contextLength", contextLength);
    if (heads % kvHeads != 0) {
      throw new IllegalArgumentException("heads must be a multiple of kvHeads, got " + heads + " and " + kvHeads);
    }
    if (headDim % 2 != 0) {
      throw new IllegalArgumentException("headDim must be even (rope rotates pairs), got " + headDim);
    }
  }

  /** Columns of the query: {@code heads * headDim}. */
  public int queryDim() {
    return Math.multiplyExact(heads, headDim);
  }

  /** Columns of the key and of the value: {@code kvHeads * headDim}. */
  public int kvDim() {
    return Math.multiplyExact(kvHeads, headDim);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, got " + value);
    }
  }
}
