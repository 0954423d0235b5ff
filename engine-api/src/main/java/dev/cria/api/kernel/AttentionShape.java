package dev.cria.api.kernel;

/**
 * What {@link Kernel#attention} computes.
 *
 * @param heads query heads; a multiple of {@code kvHeads}
 * @param kvHeads key-value heads
 * @param headDim elements of a head
 * @param scale factor of every score, usually {@code 1 / sqrt(headDim)}
 * @param causal whether a row sees no position after its own; otherwise it sees {@link Placement#length} positions
 * @param window how many positions a row sees at most, its own included; {@link #UNLIMITED} for all
 * @param softCap scores become {@code softCap * tanh(score / softCap)}; 0 for none
 * @since 0.1
 */
public record AttentionShape(
    int heads, int kvHeads, int headDim, float scale, boolean causal, int window, float softCap) {

  /** No sliding window. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** Checks that heads can be grouped and the rest is in range. */
  public AttentionShape {
    if (kvHeads < 1 || headDim < 1 || heads < kvHeads || heads % kvHeads != 0) {
      throw new IllegalArgumentException("attention: heads must be a positive multiple of kvHeads, got heads " + heads
          + ", kvHeads " + kvHeads + ", headDim " + headDim);
    }
    if (window < 1 || !(softCap >= 0 && softCap <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "attention: window must be at least 1 and softCap finite and not negative, got "
              + window + " and " + softCap);
    }
  }

  /** Causal attention over all earlier positions, scaled by {@code 1 / sqrt(headDim)}: Llama. */
  public static AttentionShape causal(int heads, int kvHeads, int headDim) {
    return new AttentionShape(
        heads, kvHeads, headDim, (float) (1 / Math.sqrt(headDim)), true, UNLIMITED, 0);
  }

  /** The same, but a row sees that many positions at most, its own included. */
  public AttentionShape within(int positions) {
    return new AttentionShape(heads, kvHeads, headDim, scale, causal, positions, softCap);
  }

  /** The key-value head that a query head reads. */
  public int kvHead(int head) {
    return head / (heads / kvHeads);
  }
}
