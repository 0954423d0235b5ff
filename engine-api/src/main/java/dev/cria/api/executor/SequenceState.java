package dev.cria.api.executor;

import dev.cria.api.Experimental;

/**
 * What an executor remembers of one sequence of tokens: its cache. The caller owns and closes it.
 *
 * @since 0.1
 */
@Experimental
public interface SequenceState extends AutoCloseable {

  /** Positions that fit. */
  int capacity();

  /** Positions that are filled. */
  int length();

  /**
   * Forgets all positions from {@code length} on, so that the sequence continues from there.
   *
   * @throws IllegalArgumentException if it is not in {@code [0, length()]}
   */
  void truncate(int length);

  @Override void close();
}
