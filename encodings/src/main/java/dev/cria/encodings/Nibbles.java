package dev.cria.encodings;

import java.lang.foreign.MemorySegment;

/**
 * Blocks of 32 four-bit numbers in 16 bytes: element j is the low nibble of byte j, element j + 16 the high one. A fifth bit may
 * be bit j, or j + 16, of four more bytes.
 */
final class Nibbles {

  static final int SIZE = 32;
  static final int BYTES = 16;

  private Nibbles() {}

  /** Decodes {@code number + offset} to {@code out[at ..]}. */
  static void decode(MemorySegment in, long from, float[] out, int at, int offset) {
    for (int i = 0; i < BYTES; i++) {
      int pair = Bytes.unsigned(in, from + i);
      out[at + i] = (pair & 15) + offset;
      out[at + BYTES + i] = (pair >> 4) + offset;
    }
  }

  /** Decodes {@code number + offset}, whose fifth bits are {@code fifth}. */
  static void decode(MemorySegment in, long from, int fifth, float[] out, int at, int offset) {
    for (int i = 0; i < BYTES; i++) {
      int pair = Bytes.unsigned(in, from + i);
      out[at + i] = ((pair & 15) | (fifth >> i & 1) << 4) + offset;
      out[at + BYTES + i] = (pair >> 4 | (fifth >> (i + BYTES) & 1) << 4) + offset;
    }
  }

  /**
   * Writes the low four bits of {@code min(most, (int) ((x - minimum) * inverse + half))}.
   *
   * @return the fifth bits
   */
  static int encode(
      float[] in, int at, float minimum, float inverse, float half, int most, MemorySegment out, long to) {
    int fifth = 0;
    for (int i = 0; i < BYTES; i++) {
      int low = Math.min(most, (int) ((in[at + i] - minimum) * inverse + half));
      int high = Math.min(most, (int) ((in[at + BYTES + i] - minimum) * inverse + half));
      Bytes.set(out, to + i, (low & 15) | (high & 15) << 4);
      fifth |= low >> 4 << i | high >> 4 << (i + BYTES);
    }
    return fifth;
  }
}
