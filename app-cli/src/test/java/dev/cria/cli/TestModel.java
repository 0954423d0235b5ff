package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.checkpoints.BuiltInCheckpoint;
import dev.cria.checkpoints.CheckpointFiles;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.nio.file.Path;

/** The built-in checkpoint as files, for tests that need some. */
final class TestModel {

  private static final CheckpointFormat LLAMA2C = CheckpointFiles.load(TestModel.class.getClassLoader()).formats()
      .stream().filter(format -> format.name().equals("llama2c-v0")).findFirst().orElseThrow();

  private TestModel() {}

  /** Writes it as a llama2.c file named {@code model.bin}. */
  static Path writeModel(Path folder) throws IOException {
    Path file = folder.resolve("model.bin");
    try (Checkpoint checkpoint = BuiltInCheckpoint.open()) {
      write(checkpoint, file);
    }
    return file;
  }

  /** Writes any checkpoint as a llama2.c file. */
  static void write(Checkpoint checkpoint, Path file) throws IOException {
    LLAMA2C.write(checkpoint, file);
  }

  /** Writes its tokenizer. */
  static Path writeTokenizer(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (Checkpoint checkpoint = BuiltInCheckpoint.open()) {
      TokenizerBin.write(checkpoint.vocabulary().orElseThrow(), file);
    }
    return file;
  }
}
