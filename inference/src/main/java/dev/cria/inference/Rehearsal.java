package dev.cria.inference;

import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * Runs a tiny model in the background on the kernel that will run the real one, so that the JVM has compiled the kernel by the
 * time it is needed: vector code is 50 to 100 times slower before that.
 *
 * <p>It changes no result, only when code is compiled. It ends when it is closed, and takes one core until then.
 */
public final class Rehearsal implements AutoCloseable {

  private volatile boolean ended;

  private Rehearsal() {}

  /** Starts with the best kernel that a class loader sees; a machine with one core does without. */
  public static Rehearsal start(Checkpoint tiny, ClassLoader loader) {
    Rehearsal rehearsal = new Rehearsal();
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread.ofPlatform().daemon().name("cria-rehearsal").start(() -> rehearsal.run(tiny, loader));
    }
    return rehearsal;
  }

  /** None: for what is not worth one. */
  public static Rehearsal none() {
    return new Rehearsal();
  }

  private void run(Checkpoint tiny, ClassLoader loader) {
    int context = tiny.configuration().contextLength();
    try (ForwardPass pass = ForwardPass.load(tiny, KernelSelector.of(loader).select(Optional.empty()).kernel(),
        Providers.load("encoding", Encoding.class, loader).named(Encoding.F32), new ExecutorOptions(1, context, 1))) {
      while (!ended) {
        generate(pass, context);
      }
    } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
      ended = true; // whoever loads the real model meets the same failure, and has somebody to tell it to
    }
  }

  private void generate(ForwardPass pass, int context) {
    int vocabSize = pass.configuration().vocabSize();
    FloatMatrix logits = FloatMatrix.allocate(1, vocabSize);
    Batch batch = new Batch(1);
    try (SequenceState sequence = pass.newSequence(context)) {
      for (int position = 0; position < context && !ended; position++) {
        batch.clear();
        batch.add(sequence, position, position % vocabSize, true);
        pass.forward(batch, logits);
      }
    }
  }

  /** Ends it soon: after the token at hand. */
  @Override public void close() {
    ended = true;
  }
}
