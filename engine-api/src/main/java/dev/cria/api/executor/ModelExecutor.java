package dev.cria.api.executor;

import dev.cria.api.Experimental;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.FloatMatrix;

/**
 * A loaded model that turns rows of tokens into logits.
 *
 * <p>Used by one thread at a time. Closing it frees the weights; its sequences are then unusable.
 *
 * @since 0.1
 */
@Experimental
public interface ModelExecutor extends AutoCloseable {

  /** The model's shape. */
  ModelConfiguration configuration();

  /** The most rows that a batch may have. */
  int maxRows();

  /** The most positions that a sequence may have. */
  int maxPositions();

  /**
   * A new, empty sequence with room for that many positions; the caller closes it.
   *
   * @throws IllegalArgumentException if the capacity is not positive or beyond what the executor was opened for
   */
  SequenceState newSequence(int capacity);

  /**
   * Runs the rows through the model and stores their keys and values.
   *
   * <p>Rows of one sequence stand side by side and continue it, position by position, without a gap.
   *
   * @param logits {@code (n, vocabSize)}: row {@code i} gets the logits of the {@code i}-th row that wants them; ignored if
   *     none does
   * @throws IllegalArgumentException if the batch is empty, too large, or a position does not continue its sequence
   */
  void forward(RowBatch batch, FloatMatrix logits);

  @Override void close();
}
