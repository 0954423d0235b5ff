package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The pieces that stand for one byte, spelled {@code <0x41>}: how a character without a token of its own is written. */
final class BytePieces {

  private final int[] ids = new int[256]; // by byte, −1 where there is none
  private final int unknown;
  private final boolean fuses; // several unknown in a row into one

  /** Checks that every character can be written. */
  BytePieces(Vocabulary vocabulary) {
    Arrays.fill(ids, -1);
    List<Piece> pieces = vocabulary.pieces();
    for (int id = pieces.size() - 1; id >= 0; id--) {
      if (pieces.get(id).kind() == Kind.BYTE) {
        ids[value(pieces.get(id).text())] = id;
      }
    }
    unknown = vocabulary.special().unknown().orElse(-1);
    fuses = Settings.flag(vocabulary, Settings.FUSE_UNKNOWN);
    for (int b = 0; b < 256 && unknown < 0; b++) {
      if (ids[b] < 0) {
        throw new IllegalArgumentException("the vocabulary has no piece <0x%02X> and no piece for the unknown; with one"
            .formatted(b) + " of the two, any text can be encoded");
      }
    }
  }

  /** Whether a piece is spelled as a byte is. */
  static boolean isByte(String text) {
    return text.length() == 6 && text.startsWith("<0x") && isDigit(text.charAt(3)) && isDigit(text.charAt(4))
        && text.charAt(5) == '>';
  }

  /** The byte that a piece stands for, in [0, 255]. */
  static int value(String text) {
    if (!isByte(text)) {
      throw new IllegalArgumentException("a piece for a byte is spelled '" + text + "'; expected <0x00> to <0xFF>");
    }
    return HexFormat.fromHexDigits(text, 3, 5);
  }

  /** Adds a character byte by byte, or as one unknown where a byte has no piece. */
  void add(int codePoint, Symbols symbols) {
    byte[] bytes = Character.toString(codePoint).getBytes(UTF_8);
    for (byte b : bytes) {
      if (ids[b & 0xFF] < 0) {
        if (!fuses || symbols.last() != unknown) {
          symbols.add(unknown);
        }
        return;
      }
    }
    for (byte b : bytes) {
      symbols.add(ids[b & 0xFF]);
    }
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
  }
}
