package dev.cria.api.kernel;

/**
 * The largest work that a kernel will be given: what {@link Kernel#scratch} is computed from.
 *
 * @param rows tokens in a batch
 * @param width columns of any activation: the larger of dim and hiddenDim
 * @param heads query heads
 * @param headDim elements of a head
 * @param positions of a cache
 * @param workers of the team
 * @since 0.1
 */
public record KernelLimits(int rows, int width, int heads, int headDim, int positions, int workers) {

  /** Checks that each is at least 1. */
  public KernelLimits {
    if (Math.min(Math.min(Math.min(rows, width), Math.min(heads, headDim)), Math.min(positions, workers)) < 1) {
      throw new IllegalArgumentException("every limit must be at least 1, got rows " + rows + ", width " + width
          + ", heads " + heads + ", headDim " + headDim + ", positions " + positions + ", workers " + workers);
    }
  }
}
