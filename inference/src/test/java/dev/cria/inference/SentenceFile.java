package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.checkpoints.Llama2cV1Format;
import dev.cria.checkpoints.SentenceCheckpoint;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.nio.file.Path;

/** The model that knows one sentence, as files. */
final class SentenceFile {

  private SentenceFile() {}

  /** Writes it, with its tokenizer beside it. */
  static Path write(Path folder) throws IOException {
    Path file = folder.resolve("sentence.bin");
    try (Checkpoint checkpoint = SentenceCheckpoint.open()) {
      new Llama2cV1Format().write(checkpoint, file);
      TokenizerBin.write(checkpoint.vocabulary().orElseThrow(), folder.resolve("tokenizer.bin"));
    }
    return file;
  }
}
