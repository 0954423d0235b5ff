package dev.cria.api.executor;

import dev.cria.api.Experimental;
import java.time.Duration;

/**
 * Limits that an executor is opened with.
 *
 * @param maxRows the most rows of a batch, at least 1
 * @param maxPositions the most positions of a sequence, at least 1
 * @param threads how many CPU threads it may use, at least 1
 * @param alone how long, in time spent running, it should use one thread only, not negative: in a process that has just begun,
 *     the JVM's compilers need the other cores more
 * @since 0.1
 */
@Experimental
public record ExecutorOptions(int maxRows, int maxPositions, int threads, Duration alone) {

  /** Options that use all threads from the beginning. */
  public ExecutorOptions(int maxRows, int maxPositions, int threads) {
    this(maxRows, maxPositions, threads, Duration.ZERO);
  }

  /** Checks the ranges. */
  public ExecutorOptions {
    requirePositive("maxRows", maxRows);
    requirePositive("maxPositions", maxPositions);
    requirePositive("threads", threads);
    if (alone.isNegative()) {
      throw new IllegalArgumentException("alone must not be negative, got " + alone);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }
}
