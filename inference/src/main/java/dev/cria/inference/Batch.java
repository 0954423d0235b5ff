package dev.cria.inference;

import dev.cria.api.executor.RowBatch;
import dev.cria.api.executor.SequenceState;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows to run through a model, gathered one by one and used again and again.
 *
 * <p>Used by one thread at a time.
 */
public final class Batch implements RowBatch {

  private final @Nullable SequenceState[] sequences;
  private final int[] positions;
  private final int[] tokens;
  private final boolean[] wantsLogits;
  private int rows;

  /** An empty batch with room for that many rows. */
  public Batch(int maxRows) {
    sequences = new SequenceState[maxRows];
    positions = new int[maxRows];
    tokens = new int[maxRows];
    wantsLogits = new boolean[maxRows];
  }

  /** Drops all rows. */
  public void clear() {
    Arrays.fill(sequences, 0, rows, null);
    rows = 0;
  }

  /**
   * Adds a row.
   *
   * @throws IllegalStateException if it is full
   */
  public void add(SequenceState sequence, int position, int token, boolean logits) {
    if (rows == tokens.length) {
      throw new IllegalStateException("the batch is full: " + rows + " rows");
    }
    sequences[rows] = sequence;
    positions[rows] = position;
    tokens[rows] = token;
    wantsLogits[rows] = logits;
    rows++;
  }

  @Override public int rows() {
    return rows;
  }

  @Override public SequenceState sequence(int row) {
    return Objects.requireNonNull(sequences[Objects.checkIndex(row, rows)], "row without a sequence");
  }

  @Override public int position(int row) {
    return positions[Objects.checkIndex(row, rows)];
  }

  @Override public int token(int row) {
    return tokens[Objects.checkIndex(row, rows)];
  }

  @Override public boolean wantsLogits(int row) {
    return wantsLogits[Objects.checkIndex(row, rows)];
  }
}
