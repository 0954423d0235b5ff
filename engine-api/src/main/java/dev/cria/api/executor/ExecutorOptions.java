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
    requirePositive("maxRows", maxRows);
    requirePositive("maxPositions", maxPositions);
    requirePositive("threads", threads);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }
}
