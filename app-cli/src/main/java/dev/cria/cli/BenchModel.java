package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.checkpoints.CheckpointSummary;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a table of results says of a model.
 *
 * @param source the file, or what it is instead
 * @param bytes of its weights
 * @param parameters how many weights
 */
record BenchModel(String source, long bytes, long parameters) {

  static BenchModel of(Checkpoint checkpoint) {
    CheckpointSummary summary = CheckpointSummary.of(checkpoint);
    return new BenchModel(checkpoint.source(), summary.weightBytes(), summary.parameters());
  }

  /** The name without its folder. */
  String label() {
    return Objects.requireNonNullElse(Path.of(source).getFileName(), source).toString();
  }
}
