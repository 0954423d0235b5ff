package dev.cria.api.executor;

import dev.cria.api.Experimental;

/**
 * Limits that an executor is opened with.
 *
 * @param maxRows the most rows of a batch, at least 1
 * @param maxPositions the most positions of a sequence, at least 1
 * @param threads how many CPU threads it may use, at least 1
 * @since 0.1
 */
@Experimental
public record ExecutorOptions(int maxRows, int maxPositions, int threads) {

  /** Checks that each is at least 1. */
  public ExecutorOptions {
    if (maxRows < 1 || maxPositions < 1 || threads < 1) {
      throw new IllegalArgumentException("maxRows, maxPositions and threads must be at least 1, got " + maxRows + ", "
          + maxPositions + " and " + threads);
    }
  }
}
