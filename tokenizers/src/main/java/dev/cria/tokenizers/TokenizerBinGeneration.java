package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The three layouts that went by the name of tokenizer.bin. */
enum TokenizerBinGeneration {

  /*
   * The older two hold the vocabulary of Llama 2 with each byte as the character of that number, so that many a piece is
   * there twice; as tokens 3 to 258 they are bytes. Without scores the order of the pieces tells: SentencePiece gives the
   * score −n to the nth piece that it learned, and learned pieces follow upon the bytes in that order. Pieces of spaces alone
   * were not learned, and are merged last.
   */

  /** Without scores and without the length of the longest piece: llama2.rs. */
  WITHOUT_SCORES(false, true),
  /** With scores, and bytes as characters: llama2.zig. */
  BYTES_AS_CHARACTERS(true, true),
  /** With scores, and bytes spelled {@code <0x41>}: llama2.c. */
  CURRENT(true, false);

  private static final int FIRST_BYTE = 3;
  private static final int AFTER_BYTES = FIRST_BYTE + 256;
  private static final float OF_SPACES = -1e9f;

  private final boolean scores;
  private final boolean characters;

  TokenizerBinGeneration(boolean scores, boolean characters) {
    this.scores = scores;
    this.characters = characters;
  }

  /** That of a file. */
  static TokenizerBinGeneration of(byte[] content) {
    if (isWithoutScores(content)) {
      return WITHOUT_SCORES;
    }
    return hasBytesAsCharacters(content) ? BYTES_AS_CHARACTERS : CURRENT;
  }

  /** Whether each piece has a score, and the first of all is the length of the longest. */
  boolean hasScores() {
    return scores;
  }

  /** Whether a piece stands for the byte of its number, however it is spelled. */
  boolean isByte(int id, String text) {
    return characters && id >= FIRST_BYTE && id < AFTER_BYTES && text.equals(Character.toString(id - FIRST_BYTE));
  }

  /** How llama2.c spells a byte. */
  static String spelling(int id) {
    return "<0x%02X>".formatted(id - FIRST_BYTE);
  }

  /** The score that SentencePiece gave to a piece. */
  static float score(int id, String text) {
    boolean spaces = id >= AFTER_BYTES && text.chars().allMatch(c -> c == ' ');
    return spaces ? OF_SPACES : Math.min(0, AFTER_BYTES - id);
  }

  /** Lengths and pieces that use up the file (int32, bytes, int32, bytes …), where no length follows a score. */
  private static boolean isWithoutScores(byte[] content) {
    ByteBuffer in = little(content);
    if (content.length < 3 * Integer.BYTES || (in.getInt(8) >= 1 && in.getInt(8) <= in.getInt(0))) {
      return false;
    }
    while (in.remaining() >= Integer.BYTES) {
      int length = in.getInt();
      if (length < 1 || length > Math.min(in.remaining(), TokenizerBin.LONGEST_PIECE)) {
        return false;
      }
      in.position(in.position() + length);
    }
    return !in.hasRemaining();
  }

  /** The layout of today, but tokens 3 to 258 are spelled as the characters U+0000 to U+00FF. */
  private static boolean hasBytesAsCharacters(byte[] content) {
    ByteBuffer in = little(content);
    if (in.remaining() < Integer.BYTES) {
      return false;
    }
    in.getInt();
    for (int id = 0; id < AFTER_BYTES; id++) {
      if (in.remaining() < Float.BYTES + Integer.BYTES) {
        return false;
      }
      in.getFloat();
      int length = in.getInt();
      if (length < 1 || length > in.remaining()) {
        return false;
      }
      byte[] piece = new byte[length];
      in.get(piece);
      if (id >= FIRST_BYTE && !Arrays.equals(piece, Character.toString(id - FIRST_BYTE).getBytes(UTF_8))) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer little(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
