package dev.cria.benchmarks;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.checkpoints.Llama2cV0Format;
import dev.cria.checkpoints.SyntheticCheckpoint;
import dev.cria.checkpoints.SyntheticShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a llama2.c checkpoint with random weights: it takes as long as a real one of its shape and means nothing.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=SyntheticModel -Dargs=synthetic15M.bin
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=SyntheticModel -Dargs="synthetic110M.bin 110M"
 * }</pre>
 *
 * <p>The shape is {@code 15M} (that of stories15M, 60.8 MB, unless another is named), {@code 110M} (of stories110M, 438 MB) or
 * a {@link SyntheticShape} such as {@code 288x768x6x6x6x32000x256}.
 */
public final class SyntheticModel {

  private static final String DEFAULT = "15M";
  private static final Map<String, String> PRESETS = Map.of(
      DEFAULT, "288x768x6x6x6x32000x256",
      "110M", "768x2048x12x12x12x32000x1024");
  private static final long SEED = 15;

  private SyntheticModel() {}

  /** Writes the file named first, of the shape named second. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("SyntheticModel", () -> write(args));
  }

  static void write(String... args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      throw new IllegalArgumentException("wanted FILE [SHAPE], got " + args.length + " arguments");
    }
    Path file = Path.of(args[0]);
    try (Checkpoint checkpoint = SyntheticCheckpoint.of(shape(args.length == 2 ? args[1] : DEFAULT), true, SEED)) {
      new Llama2cV0Format().write(checkpoint, file);
    }
    System.out.println("wrote " + file.toAbsolutePath());
  }

  static ModelConfiguration shape(String name) {
    return SyntheticShape.parse(PRESETS.getOrDefault(name, name));
  }
}
