package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.RowBatch;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.RopeLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model whose logits always prefer the token after the last one, and that remembers what it was asked to run. */
final class ScriptedExecutor implements ModelExecutor {

  /** What was run: the rows of a batch, as {@code position:token}, with {@code !} where logits were wanted. */
  final List<String> batches = new ArrayList<>();

  private final ModelConfiguration configuration;
  private final int maxRows;

  ScriptedExecutor(int vocabSize, int maxPositions, int maxRows) {
    this.configuration = new ModelConfiguration("llama", 4, 4, 1, 1, 1, 4, vocabSize, maxPositions, 1e-5f,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10000, 4));
    this.maxRows = maxRows;
  }

  @Override public ModelConfiguration configuration() {
    return configuration;
  }

  @Override public int maxRows() {
    return maxRows;
  }

  @Override public int maxPositions() {
    return configuration.contextLength();
  }

  @Override public SequenceState newSequence(int capacity) {
    return new Sequence(capacity);
  }

  @Override public void forward(RowBatch batch, FloatMatrix logits) {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < batch.rows(); row++) {
      rows.append(row == 0 ? "" : " ").append(batch.position(row)).append(':').append(batch.token(row));
      ((Sequence) batch.sequence(row)).length = batch.position(row) + 1;
      if (batch.wantsLogits(row)) {
        rows.append('!');
        Arrays.fill(logits.data(), 0f);
        logits.data()[(batch.token(row) + 1) % configuration.vocabSize()] = 1f;
      }
    }
    batches.add(rows.toString());
  }

  @Override public void close() {
    // holds nothing
  }

  private static final class Sequence implements SequenceState {
    private final int capacity;
    private int length;

    private Sequence(int capacity) {
      this.capacity = capacity;
    }

    @Override public int capacity() {
      return capacity;
    }

    @Override public int length() {
      return length;
    }

    @Override public void truncate(int newLength) {
      length = newLength;
    }

    @Override public void close() {
      // holds nothing
    }
  }
}
