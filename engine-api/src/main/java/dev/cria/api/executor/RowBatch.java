package dev.cria.api.executor;

import dev.cria.api.Experimental;

/**
 * Rows to run: each a token at a position of a sequence, with or without logits wanted.
 *
 * @since 0.1
 */
@Experimental
public interface RowBatch {

  /** How many rows there are. */
  int rows();

  /** The sequence of a row. */
  SequenceState sequence(int row);

  /** The position of a row in its sequence. */
  int position(int row);

  /** The token of a row. */
  int token(int row);

  /** Whether the logits of a row are wanted. */
  boolean wantsLogits(int row);
}
