package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the pieces of a tokenizer.bin, trusting nothing that it says. */
final class TokenizerBinParser {

  private static final int ENTRY_HEADER = Float.BYTES + Integer.BYTES;

  private final Path path;
  private final ByteBuffer in;
  private TokenizerBinGeneration generation = TokenizerBinGeneration.CURRENT;

  TokenizerBinParser(Path path, byte[] content) {
    this.path = path;
    this.in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  List<Piece> pieces() throws CheckpointFormatException {
    byte[] content = in.array();
    String otherFile = OtherFiles.recognise(content);
    if (otherFile != null) {
      throw new CheckpointFormatException(path, otherFile);
    }
    if (content.length > TokenizerBin.LONGEST_FILE) {
      throw new CheckpointFormatException(path,
          "has more than %,d bytes: no tokenizer.bin is that long; is it a model? use -z to name its tokenizer"
              .formatted(TokenizerBin.LONGEST_FILE));
    }
    if (content.length < Integer.BYTES + ENTRY_HEADER + 1) {
      throw new CheckpointFormatException(path,
          content.length == 0
              ? "is empty; expected a tokenizer.bin"
              : "truncated: has " + content.length
                  + " bytes; a tokenizer.bin has at least " + (Integer.BYTES + ENTRY_HEADER + 1));
    }
    generation = TokenizerBinGeneration.of(content);
    int longest = generation.hasScores() ? in.getInt() : TokenizerBin.LONGEST_PIECE;
    if (longest < 1 || longest > TokenizerBin.LONGEST_PIECE) {
      throw new CheckpointFormatException(path, 0, ("no tokenizer.bin: it begins with the length of its longest piece,"
          + " in [1, %d], got %d").formatted(TokenizerBin.LONGEST_PIECE, longest));
    }
    List<Piece> pieces = new ArrayList<>(in.remaining() / (ENTRY_HEADER + 4));
    while (in.hasRemaining()) {
      pieces.add(next(pieces.size(), longest));
    }
    return pieces;
  }

  private Piece next(int id, int longest) throws CheckpointFormatException {
    int start = in.position();
    if (in.remaining() < ENTRY_HEADER && generation.hasScores()) {
      throw new CheckpointFormatException(path, start,
          "truncated: piece %d needs %d bytes for score and length, %d are left"
              .formatted(id, ENTRY_HEADER, in.remaining()));
    }
    float score = generation.hasScores() ? in.getFloat() : 0;
    int length = in.getInt();
    if (Float.isNaN(score)) {
      throw new CheckpointFormatException(path, start, "piece " + id + " has the score NaN; the file is damaged");
    }
    if (length < 1 || length > longest) {
      throw new CheckpointFormatException(path, start + Float.BYTES,
          "piece %d has length %d; expected 1 to %d, the longest that the file announces".formatted(id, length,
              longest));
    }
    if (length > in.remaining()) {
      throw new CheckpointFormatException(path, start + ENTRY_HEADER,
          "truncated: piece %d has %d bytes, %d are left".formatted(id, length, in.remaining()));
    }
    String text = text(id, length);
    return TokenizerBin.piece(id, generation.isByte(id, text) ? TokenizerBinGeneration.spelling(id) : text,
        generation.hasScores() ? score : TokenizerBinGeneration.score(id, text));
  }

  private String text(int id, int length) throws CheckpointFormatException {
    int start = in.position();
    String text = new String(in.array(), start, length, UTF_8);
    // decoding never fails: what is no UTF-8 becomes U+FFFD, which a piece may also truly be
    if (text.indexOf('\uFFFD') >= 0 && !in.slice(start, length).equals(UTF_8.encode(text))) {
      throw new CheckpointFormatException(path, start, "piece " + id + " is no valid UTF-8; the file is damaged");
    }
    if (text.indexOf('\0') >= 0 && !generation.isByte(id, text)) {
      throw new CheckpointFormatException(path, start, "piece " + id + " holds a NUL; the file is damaged");
    }
    in.position(start + length);
    return text;
  }
}
