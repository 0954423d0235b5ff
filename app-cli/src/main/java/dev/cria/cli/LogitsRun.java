package dev.cria.cli;

import com.google.inject.Inject;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.inference.Backend;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Runs given tokens through a model and writes the logits after each. */
final class LogitsRun {

  /** No more floats of logits at a time, where no batch is asked for: 256 MB. */
  private static final int FLOATS_AT_A_TIME = 64 << 20;
  /** An array holds no more. */
  private static final int MOST_FLOATS = Integer.MAX_VALUE - 8;

  private final Terminal terminal;
  private final EngineOptions options;
  private final ModelFiles models;
  private final BackendSelector backends;

  @Inject LogitsRun(Terminal terminal, EngineOptions options, ModelFiles models, BackendSelector backends) {
    this.terminal = terminal;
    this.options = options;
    this.models = models;
    this.backends = backends;
  }

  /** Runs the tokens, as many at a time as asked for. */
  void run(int[] tokens, OptionalInt batch, LogitsOutput output) throws IOException {
    Backend backend = backends.select(options.backend());
    try (Checkpoint checkpoint = models.open(options.model())) {
      ModelConfiguration c = checkpoint.configuration();
      TokenIds.requireIn(tokens, c.vocabSize());
      if (tokens.length > c.contextLength()) {
        throw new UsageException("There are " + tokens.length + " tokens, but the context of " + checkpoint.source()
            + " has " + c.contextLength() + " positions.");
      }
      int rows = Math.min(tokens.length, batch.orElse(Math.max(1, FLOATS_AT_A_TIME / c.vocabSize())));
      if ((long) rows * c.vocabSize() > MOST_FLOATS) {
        throw new UsageException("--batch must be at most " + MOST_FLOATS / c.vocabSize() + " for a vocabulary of "
            + c.vocabSize() + ", got " + rows + ".");
      }
      try (ModelExecutor executor = backend.open(checkpoint,
          new ExecutorOptions(rows, tokens.length, options.threads()))) {
        output.write(out -> write(executor, tokens, out));
      }
      terminal.say("backend: " + backend.name() + " (" + backend.reason() + "), threads: " + options.threads()
          + ", logits: (" + tokens.length + ", " + c.vocabSize() + "), tokens at a time: " + rows);
    }
  }

  private static void write(ModelExecutor executor, int[] tokens, OutputStream out) throws IOException {
    int vocabSize = executor.configuration().vocabSize();
    FloatMatrix logits = FloatMatrix.allocate(executor.maxRows(), vocabSize);
    ByteBuffer bytes = ByteBuffer.allocate(vocabSize * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Batch batch = new Batch(executor.maxRows());
    try (SequenceState sequence = executor.newSequence(tokens.length)) {
      for (int from = 0; from < tokens.length; from += batch.rows()) {
        batch.clear();
        for (int i = from; i < Math.min(tokens.length, from + executor.maxRows()); i++) {
          batch.add(sequence, i, tokens[i], true);
        }
        FloatMatrix some = logits.firstRows(batch.rows());
        executor.forward(batch, some);
        for (int row = 0; row < batch.rows(); row++) {
          bytes.asFloatBuffer().put(some.data(), some.index(row), vocabSize);
          out.write(bytes.array());
        }
      }
    }
  }
}
