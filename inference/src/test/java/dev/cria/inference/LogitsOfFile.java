package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.checkpoints.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Runs tokens through a model file. */
final class LogitsOfFile {

  private static final ClassLoader LOADER = LogitsOfFile.class.getClassLoader();

  private LogitsOfFile() {}

  static Encoding encoding(String name) {
    return EncodingLookup.in(LOADER).named(name).orElseThrow();
  }

  /** {@code (tokens, vocabSize)}, all positions at once. */
  static float[] run(Path file, String backend, int[] tokens) throws IOException {
    try (Checkpoint checkpoint = CheckpointFiles.load(LOADER).open(file);
        ForwardPass pass = ForwardPass.load(checkpoint,
            KernelSelector.of(LOADER).select(Optional.of(backend)).kernel(), encoding("f32"),
            new ExecutorOptions(tokens.length, tokens.length, 2));
        SequenceState sequence = pass.newSequence(tokens.length)) {
      Batch batch = new Batch(tokens.length);
      for (int i = 0; i < tokens.length; i++) {
        batch.add(sequence, i, tokens[i], true);
      }
      FloatMatrix logits = FloatMatrix.allocate(tokens.length, checkpoint.configuration().vocabSize());
      pass.forward(batch, logits);
      return logits.data();
    }
  }

  /** The largest difference, relative to the spread of the expected logits. */
  static double difference(float[] actual, double[][] expected) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double difference = 0;
    int i = 0;
    for (double[] row : expected) {
      for (double value : row) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        difference = Math.max(difference, Math.abs(actual[i++] - value));
      }
    }
    return difference / (most - least);
  }
}
