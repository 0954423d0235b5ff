package dev.cria.api.kernel;

/**
 * How much scratch memory a kernel's operations need, in bytes.
 *
 * @param perWorker for each worker, {@link Worker#scratch()}
 * @param shared for the whole team, {@link Worker#sharedScratch()}
 * @since 0.1
 */
public record ScratchSize(long perWorker, long shared) {

  /** No scratch memory. */
  public static final ScratchSize NONE = new ScratchSize(0, 0);

  /** Checks that neither size is negative. */
  public ScratchSize {
    if (perWorker < 0 || shared < 0) {
      throw new IllegalArgumentException("scratch sizes must not be negative, got " + perWorker + " and " + shared);
    }
  }

  /** The larger of both in each part: enough for either. */
  public ScratchSize max(ScratchSize other) {
    return new ScratchSize(Math.max(perWorker, other.perWorker), Math.max(shared, other.shared));
  }
}
