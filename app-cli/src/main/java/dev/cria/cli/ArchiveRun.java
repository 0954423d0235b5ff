package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.checkpoints.BuiltInCheckpoint;
import dev.cria.checkpoints.CheckpointFiles;
import dev.cria.tokenizers.TokenizerBin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The run at whose end the launcher has the JVM write its archive of classes: it meets what runs of models will.
 *
 * <p>A class that is only loaded comes from the archive later; what is made at run time, as lambdas are, must have been run. So a text is
 * written from the built-in model and from a file of it in floats, and all other classes of Cria are loaded.
 */
final class ArchiveRun {

  private ArchiveRun() {}

  /** Takes a folder, in which a model is written for a moment, under a name of this process: several may begin at once. */
  static void main(String[] args) throws IOException, ClassNotFoundException {
    Path model = Path.of(args[0]).resolve("archive-run-" + ProcessHandle.current().pid() + ".bin");
    Path tokenizer = model.resolveSibling(model.getFileName() + ".tokenizer");
    try {
      write(model, tokenizer);
      Main.execute("run", model.toString(), "-z", tokenizer.toString(), "-t", "0", "-n", "20");
    } finally {
      Files.deleteIfExists(model);
      Files.deleteIfExists(tokenizer);
    }
    Main.execute("run", "-t", "0", "-n", "20");
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      loadAll(jar);
    }
  }

  private static void write(Path model, Path tokenizer) throws IOException {
    try (Checkpoint checkpoint = BuiltInCheckpoint.open()) {
      CheckpointFormat floats = CheckpointFiles.load(PluginClassLoader.get()).formats().stream()
          .filter(format -> format.name().equals("llama2c-v0")).findFirst().orElseThrow();
      floats.write(checkpoint, model);
      TokenizerBin.write(checkpoint.vocabulary().orElseThrow(), tokenizer);
    }
  }

  private static void loadAll(String jar) throws IOException, ClassNotFoundException {
    try (JarFile file = new JarFile(jar)) {
      List<String> names = file.stream().map(entry -> entry.getName())
          .filter(name -> name.startsWith("dev/cria/") && name.endsWith(".class")).toList();
      for (String name : names) {
        Class.forName(name.substring(0, name.length() - ".class".length()).replace('/', '.'), false,
            PluginClassLoader.get());
      }
    }
  }
}
