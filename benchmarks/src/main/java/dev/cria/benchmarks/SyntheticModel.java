package dev.cria.benchmarks;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.checkpoints.Llama2cV0Format;
import dev.cria.checkpoints.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a llama2.c checkpoint of the shape of stories15M with random weights, 60.8 MB: it takes as long as the real one and
 * means nothing.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=SyntheticModel -Dargs=synthetic15M.bin
 * }</pre>
 */
public final class SyntheticModel {

  private static final ModelConfiguration STORIES_15M = new ModelConfiguration("llama", 288, 768, 6, 6, 6, 48, 32_000,
      256, 1e-5f, new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, 48));
  private static final long SEED = 15;

  private SyntheticModel() {}

  /** Writes the file named by the only argument. */
  public static void main(String... args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("SyntheticModel takes the name of the file to write, got "
          + args.length + " arguments");
    }
    Path file = Path.of(args[0]);
    try (Checkpoint checkpoint = SyntheticCheckpoint.of(STORIES_15M, true, SEED)) {
      new Llama2cV0Format().write(checkpoint, file);
    }
    System.out.println("wrote " + file);
  }
}
