package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.checkpoints.CheckpointFiles;
import dev.cria.checkpoints.VocabularyFiles;
import dev.cria.inference.TokenizerFinder;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the tokenizer of a file that is a tokenizer itself, or a model that has one. */
final class TokenizerSource {

  private final Terminal terminal;
  private final CheckpointFiles files = CheckpointFiles.load(PluginClassLoader.get());

  TokenizerSource(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Opens it; what the file is, its content says.
   *
   * @throws IOException if it is neither, or cannot be read
   */
  Tokenizer open(Path path) throws IOException {
    if (files.probe(path).stream().anyMatch(probe -> probe.recognition().recognised())) {
      try (Checkpoint checkpoint = files.open(path)) {
        if (checkpoint.vocabulary().isPresent()) {
          return TokenizerFinder.inside(checkpoint, checkpoint.vocabulary().get());
        }
        return new TokenizerFinder(terminal.folder()).find(checkpoint, Optional.of(path), Optional.empty()).tokenizer();
      }
    }
    return TokenizerFinder.tokenizer(path, vocabulary(path));
  }

  private Vocabulary vocabulary(Path path) throws IOException {
    try {
      return VocabularyFiles.read(path);
    } catch (CheckpointFormatException asTokenizer) {
      throw neither(path, asTokenizer);
    }
  }

  private IOException neither(Path path, CheckpointFormatException asTokenizer) throws IOException {
    try {
      return new CheckpointFormatException(path,
          "is now recognised as " + files.recognise(path).name() + "; try again");
    } catch (CheckpointFormatException asModel) {
      asTokenizer.addSuppressed(asModel);
      var neither = new CheckpointFormatException(path, "is neither a model ("
          + problem(path, asModel) + ") nor a tokenizer (" + problem(path, asTokenizer) + ")");
      neither.initCause(asTokenizer);
      return neither;
    }
  }

  private static String problem(Path path, CheckpointFormatException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(path + ": ") ? message.substring(path.toString().length() + 2) : message;
  }
}
