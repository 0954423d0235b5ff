package dev.cria.inference;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.checkpoints.VocabularyFiles;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the tokenizer of a model: the one named, the one inside the model file or folder, {@code tokenizer.bin} beside it, or
 * that in the working folder. The first that is there counts; if it is not sound or not for this model, that is an error.
 */
public final class TokenizerFinder {

  private static final String FILE = "tokenizer.bin";

  private final Path workingFolder;

  /** Finds tokenizers for a program that works in that folder. */
  public TokenizerFinder(Path workingFolder) {
    this.workingFolder = workingFolder;
  }

  /**
   * Finds it.
   *
   * @param checkpoint the model
   * @param model its file, or empty for one without
   * @param named the file that the user named
   * @throws IOException if there is none (the message lists the places), or it does not fit
   */
  public FoundTokenizer find(Checkpoint checkpoint, Optional<Path> model, Optional<Path> named) throws IOException {
    int vocabSize = checkpoint.configuration().vocabSize();
    if (named.isPresent()) {
      return fromFile(named.get(), vocabSize);
    }
    if (checkpoint.vocabulary().isPresent()) {
      return inside(checkpoint, checkpoint.vocabulary().get(), vocabSize);
    }
    Path beside = model.map(path -> path.resolveSibling(FILE)).orElse(workingFolder.resolve(FILE));
    Path here = workingFolder.resolve(FILE);
    for (Path candidate : new Path[]{beside, here}) {
      if (Files.exists(candidate)) {
        return fromFile(candidate, vocabSize);
      }
    }
    throw new NoSuchFileException(checkpoint.source(), null, "no tokenizer found. Looked inside the model, at " + beside
        + " beside it, and at " + here.toAbsolutePath() + "; name one with -z FILE");
  }

  private static FoundTokenizer fromFile(Path file, int vocabSize) throws IOException {
    return new FoundTokenizer(tokenizer(file, VocabularyFiles.read(file, vocabSize)), file.toString());
  }

  /**
   * The tokenizer inside a model, or inside a file that holds a vocabulary alone.
   *
   * @throws CheckpointFormatException if it is of a kind that this version does not have
   */
  public static Tokenizer inside(Checkpoint checkpoint, Vocabulary vocabulary) throws CheckpointFormatException {
    return tokenizer(Path.of(checkpoint.source()), vocabulary);
  }

  /**
   * The tokenizer of a vocabulary.
   *
   * @param source where it is from, for messages
   * @throws CheckpointFormatException if it is of a kind that this version does not have
   */
  public static Tokenizer tokenizer(Path source, Vocabulary vocabulary) throws CheckpointFormatException {
    try {
      return Tokenizer.of(vocabulary);
    } catch (IllegalArgumentException e) {
      var unusable = new CheckpointFormatException(source, "its tokenizer cannot be used: " + e.getMessage()
          + "; name another with -z, or run token ids with cria logits");
      unusable.initCause(e);
      throw unusable;
    }
  }

  private static FoundTokenizer inside(Checkpoint checkpoint, Vocabulary vocabulary, int vocabSize) throws IOException {
    Tokenizer tokenizer = inside(checkpoint, vocabulary);
    if (vocabulary.pieces().size() != vocabSize) {
      throw new CheckpointFormatException(Path.of(checkpoint.source()), "its vocabulary has "
          + vocabulary.pieces().size() + " pieces, its embedding " + vocabSize
          + "; fetch it again, or name a tokenizer with -z");
    }
    return new FoundTokenizer(tokenizer, "inside the model");
  }
}
