package dev.cria.tokenizers;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * llama2.c's {@code tokenizer.bin}: a SentencePiece vocabulary without its settings.
 *
 * <p>All is little-endian: an int32, the length of the longest piece; then for each token a float32 score, an int32 length
 * and that many bytes of UTF-8, spaces as spaces. There is no count: the model says how many it needs. Token 0 is the unknown
 * one, 1 begins and 2 ends a text; a piece spelled {@code <0x41>} is that byte. Two older layouts went by the same name; they
 * are recognised and read as if they were of today's.
 *
 * @since 0.1
 */
public final class TokenizerBin {

  /** No piece is longer, in bytes: those of real vocabularies have less than 200. */
  static final int LONGEST_PIECE = 4096;

  /** No file is longer, in bytes: that of a vocabulary of 256,000 pieces has some 5 million. */
  static final int LONGEST_FILE = 32 << 20;

  private static final int UNKNOWN = 0;
  private static final int BOS = 1;
  private static final int EOS = 2;

  private TokenizerBin() {}

  /**
   * Reads all pieces of a file.
   *
   * @throws CheckpointFormatException if it is not such a file, or damaged; the message says what it is instead, if known
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new CheckpointFormatException(path, "is a folder; expected a tokenizer.bin");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return read(in, path);
    }
  }

  /**
   * Reads all pieces of a file that is open.
   *
   * @param path where it comes from, for messages
   * @throws CheckpointFormatException as {@link #read(Path)}
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(InputStream in, Path path) throws IOException {
    return vocabulary(new TokenizerBinParser(path, in.readNBytes(LONGEST_FILE + 1)).pieces());
  }

  /**
   * Reads the pieces of a file that must be for a model.
   *
   * @param vocabSize how many tokens the model has
   * @throws CheckpointFormatException as {@link #read(Path)}, and if the file has more pieces or fewer: it then belongs to
   *     another model, even where llama2.c would read the first ones and go on
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path path, int vocabSize) throws IOException {
    Vocabulary vocabulary = read(path);
    int entries = vocabulary.pieces().size();
    if (entries != vocabSize) {
      throw new CheckpointFormatException(path, ("has %d entries, the model's vocabulary has %d;"
          + " use -z to name the tokenizer that belongs to the model").formatted(entries, vocabSize));
    }
    return vocabulary;
  }

  /**
   * Writes a vocabulary, to a temporary file that is moved to its place when complete. What was read is written with the same
   * bytes.
   *
   * @throws IllegalArgumentException if the layout cannot express it; the message says what it cannot
   * @throws IOException if it cannot be written; nothing is left behind then
   */
  public static void write(Vocabulary vocabulary, Path target) throws IOException {
    checkExpressible(vocabulary);
    byte[] content = TokenizerBinLayout.bytes(vocabulary.pieces());
    Path temporary = target.resolveSibling(
        ".%s.%d-%x.tmp".formatted(target.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
    try {
      Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The kind of a piece is not in the file: its id and its spelling tell. */
  static Piece piece(int id, String text, float score) {
    Kind kind = switch (id) {
      case UNKNOWN -> Kind.UNKNOWN;
      case BOS, EOS -> Kind.CONTROL;
      default -> BytePieces.isByte(text) ? Kind.BYTE : Kind.NORMAL;
    };
    return new Piece(text, score, kind);
  }

  private static Vocabulary vocabulary(List<Piece> pieces) {
    var special = new Vocabulary.Special(role(UNKNOWN, pieces), role(BOS, pieces), role(EOS, pieces));
    return new Vocabulary(Vocabulary.Model.SENTENCEPIECE_BPE, pieces, special, Map.of());
  }

  private static OptionalInt role(int id, List<Piece> pieces) {
    return id < pieces.size() ? OptionalInt.of(id) : OptionalInt.empty();
  }

  private static void checkExpressible(Vocabulary vocabulary) {
    List<Piece> pieces = vocabulary.pieces();
    List<Piece> asRead = new ArrayList<>(pieces.size());
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      asRead.add(piece(id, piece.text(), piece.score()));
      if (!asRead.get(id).equals(piece)) {
        throw new IllegalArgumentException("tokenizer.bin cannot say that piece %d, '%s', is %s; it would be read as %s"
            .formatted(id, piece.text(), piece.kind(), asRead.get(id).kind()));
      }
    }
    if (!vocabulary.model().equals(Vocabulary.Model.SENTENCEPIECE_BPE)) {
      throw new IllegalArgumentException("tokenizer.bin holds SENTENCEPIECE_BPE only, got " + vocabulary.model());
    }
    if (!vocabulary(asRead).special().equals(vocabulary.special())) {
      throw new IllegalArgumentException(
          "tokenizer.bin fixes the unknown token, BOS and EOS at 0, 1 and 2, got " + vocabulary.special());
    }
  }
}
