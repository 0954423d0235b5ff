package dev.cria.api.kernel;

/**
 * How much scratch memory a kernel's operations need.
 *
 * @param workerFloats floats for each worker, {@link Worker#scratch()}
 * @param sharedBytes bytes for the whole team, {@link Worker#sharedScratch()}
 * @since 0.1
 */
public record ScratchSize(int workerFloats, long sharedBytes) {

  /** No scratch memory. */
  public static final ScratchSize NONE = new ScratchSize(0, 0);

  /** Checks that neither size is negative. */
  public ScratchSize {
    if (workerFloats < 0 || sharedBytes < 0) {
      throw new IllegalArgumentException(
          "scratch sizes must not be negative, got " + workerFloats + " floats and " + sharedBytes + " bytes");
    }
  }

  /** The larger of both in each part: enough for either. */
  public ScratchSize max(ScratchSize other) {
    return new ScratchSize(Math.max(workerFloats, other.workerFloats), Math.max(sharedBytes, other.sharedBytes));
  }
}
