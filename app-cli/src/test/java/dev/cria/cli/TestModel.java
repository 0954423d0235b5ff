package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.checkpoints.CheckpointFiles;
import dev.cria.checkpoints.SentenceCheckpoint;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model that knows one sentence, as files. */
final class TestModel {

  private static final CheckpointFormat LLAMA2C = CheckpointFiles.load(TestModel.class.getClassLoader()).formats()
      .stream().filter(format -> format.name().equals("llama2c-v0")).findFirst().orElseThrow();

  private static final Path SENTENCE = keep(Path.of("target", "sentence"));

  private TestModel() {}

  /** Its file, with {@code tokenizer.bin} beside it. */
  static Path sentence() {
    return SENTENCE;
  }

  private static Path keep(Path folder) {
    try {
      Files.createDirectories(folder);
      writeTokenizer(folder, "tokenizer.bin");
      return writeModel(folder).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it as a llama2.c file named {@code model.bin}. */
  static Path writeModel(Path folder) throws IOException {
    Path file = folder.resolve("model.bin");
    try (Checkpoint checkpoint = SentenceCheckpoint.open()) {
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
    try (Checkpoint checkpoint = SentenceCheckpoint.open()) {
      TokenizerBin.write(checkpoint.vocabulary().orElseThrow(), file);
    }
    return file;
  }
}
