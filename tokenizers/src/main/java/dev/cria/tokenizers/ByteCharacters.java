package dev.cria.tokenizers;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How byte-level BPE spells bytes: each is a character that can be printed. Those of Latin-1 that can be are themselves, the
 * others follow from U+0100 on, in order.
 */
final class ByteCharacters {

  private static final char[] CHARACTERS = new char[256];
  private static final short[] BYTES = new short[0x144]; // by character, −1 where it is none

  static {
    Arrays.fill(BYTES, (short) -1);
    int next = 0x100;
    for (int b = 0; b < CHARACTERS.length; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      CHARACTERS[b] = (char) (printable ? b : next++);
      BYTES[CHARACTERS[b]] = (short) b;
    }
  }

  private ByteCharacters() {}

  /** The character of a byte. */
  static char of(byte b) {
    return CHARACTERS[b & 0xFF];
  }

  /** The bytes that a text spells, or null if a character is none of a byte. */
  static byte @Nullable [] bytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return null;
      }
      bytes[i] = (byte) BYTES[c];
    }
    return bytes;
  }
}
