package dev.cria.benchmarks;

import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.inference.Batch;
import dev.cria.inference.ForwardPass;
import java.util.List;

/** Times the parts of a generation on one forward pass: prompts in batches, and tokens one by one, the most likely each time. */
final class WarmRun implements AutoCloseable {

  /** Rows of a batch, as the engine runs prompts. */
  static final int BATCH = 64;

  private static final int FIRST_TOKEN = 1;
  private static final double NANOS = 1e9;

  private final ForwardPass pass;
  private final Batch batch = new Batch(BATCH);
  private final FloatMatrix logits;

  /** Runs that pass, and closes it. */
  WarmRun(ForwardPass pass) {
    this.pass = pass;
    this.logits = FloatMatrix.allocate(1, pass.configuration().vocabSize());
  }

  /** Runs a prompt of so many tokens; returns tokens per second. */
  double prompt(int tokens) {
    int vocabulary = pass.configuration().vocabSize();
    try (SequenceState sequence = pass.newSequence(tokens)) {
      long start = System.nanoTime();
      for (int from = 0; from < tokens; from += BATCH) {
        batch.clear();
        for (int position = from; position < Math.min(from + BATCH, tokens); position++) {
          batch.add(sequence, position, (FIRST_TOKEN + position) % vocabulary, position == tokens - 1);
        }
        pass.forward(batch, logits);
      }
      return tokens * NANOS / (System.nanoTime() - start);
    }
  }

  /** Runs prompts of these lengths again and again, for at least that long. */
  void warmUp(List<Integer> prompts, long nanos) {
    long start = System.nanoTime();
    while (!prompts.isEmpty() && System.nanoTime() - start < nanos) {
      prompts.forEach(this::prompt);
    }
  }

  /** Generates so many tokens from the first on; returns tokens per second. */
  double generate(int tokens) {
    try (SequenceState sequence = pass.newSequence(tokens)) {
      int token = FIRST_TOKEN;
      long start = System.nanoTime();
      for (int position = 0; position < tokens; position++) {
        batch.clear();
        batch.add(sequence, position, token, true);
        pass.forward(batch, logits);
        token = mostLikely();
      }
      return tokens * NANOS / (System.nanoTime() - start);
    }
  }

  private int mostLikely() {
    float[] values = logits.data();
    int best = 0;
    for (int token = 1; token < values.length; token++) {
      if (values[token] > values[best]) {
        best = token;
      }
    }
    return best;
  }

  @Override public void close() {
    pass.close();
  }
}
