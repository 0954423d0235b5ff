package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.tokenizers.SentencePieceModel;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that hold a vocabulary: {@code tokenizer.json}, {@code tokenizer.model}, {@code tokenizer.bin}, GGUF, and folders with
 * one of the first two. Which it is, the content says.
 *
 * @since 0.1
 */
public final class VocabularyFiles {

  private static final int HEAD_BYTES = 16;

  private VocabularyFiles() {}

  /**
   * Reads a vocabulary.
   *
   * @throws CheckpointFormatException if it is no such file, or not sound
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return inFolder(path);
    }
    byte[] head = head(path);
    String start = new String(head, StandardCharsets.ISO_8859_1);
    if (start.startsWith("GGUF")) {
      return inGguf(path);
    }
    if (isJson(start)) {
      return HuggingFaceVocabulary.read(path);
    }
    return SentencePieceModel.isLike(head) ? SentencePieceModel.read(path) : TokenizerBin.read(path);
  }

  /**
   * Reads the vocabulary of a model.
   *
   * @param vocabSize how many tokens the model has; where the file is one of Hugging Face or SentencePiece, they may be a few
   *     more than its pieces, since makers of models fill them up, and are then unused
   * @throws CheckpointFormatException as {@link #read(Path)}, and if the vocabulary is of another model
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path path, int vocabSize) throws IOException {
    Vocabulary vocabulary = read(path);
    int entries = vocabulary.pieces().size();
    if (entries > vocabSize || vocabSize - entries > (mayBeFilled(path) ? fill(vocabSize) : 0)) {
      throw new CheckpointFormatException(path, ("has %d entries, the model's vocabulary has %d;"
          + " use -z to name the tokenizer that belongs to the model").formatted(entries, vocabSize));
    }
    List<Piece> pieces = new ArrayList<>(vocabulary.pieces());
    while (pieces.size() < vocabSize) {
      pieces.add(new Piece("", 0, Kind.UNUSED));
    }
    return new Vocabulary(vocabulary.model(), pieces, vocabulary.merges(), vocabulary.special(), vocabulary.metadata());
  }

  private static boolean mayBeFilled(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return true;
    }
    byte[] head = head(path);
    return SentencePieceModel.isLike(head) || isJson(new String(head, StandardCharsets.ISO_8859_1));
  }

  /** Up to a multiple of 64, and Qwen up to one of 512; far less than what another model's vocabulary would lack. */
  private static int fill(int vocabSize) {
    return Math.min(512, Math.max(vocabSize / 64, 1));
  }

  private static boolean isJson(String start) {
    return start.stripLeading().startsWith("{");
  }

  private static Vocabulary inFolder(Path folder) throws IOException {
    for (String name : List.of(HuggingFaceVocabulary.JSON, HuggingFaceVocabulary.SENTENCE_PIECE)) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return read(folder.resolve(name));
      }
    }
    throw new CheckpointFormatException(folder, "is a folder without a " + HuggingFaceVocabulary.JSON + " or "
        + HuggingFaceVocabulary.SENTENCE_PIECE + "; name the tokenizer's file");
  }

  private static Vocabulary inGguf(Path path) throws IOException {
    try (GgufParts parts = GgufParts.open(path)) {
      return GgufVocabulary.of(parts.metadata()).orElseThrow(
          () -> new CheckpointFormatException(path, "is a GGUF file without a vocabulary; name another"));
    }
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEAD_BYTES);
    }
  }
}
