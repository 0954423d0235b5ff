package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.checkpoints.BuiltInCheckpoint;
import dev.cria.checkpoints.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the model that the command line names, or the built-in one. */
final class ModelFiles {

  private final Terminal terminal;
  private final CheckpointFiles files;

  private ModelFiles(Terminal terminal, CheckpointFiles files) {
    this.terminal = terminal;
    this.files = files;
  }

  static ModelFiles of(Terminal terminal) {
    return new ModelFiles(terminal, CheckpointFiles.load(PluginClassLoader.get()));
  }

  /** Opens a file; without one, says so and opens the built-in model. */
  Checkpoint open(Optional<Path> path) throws IOException {
    if (path.isPresent()) {
      return files.open(path.get());
    }
    terminal.say("cria: no model named; using the built-in one, which tells stories for children");
    return BuiltInCheckpoint.open();
  }
}
