package dev.cria.encodings;

import java.lang.foreign.MemorySegment;

/**
 * 256 two-bit numbers in 64 bytes, as Q2_K and Q3_K have them: two halves of 128 numbers in 32 bytes; in each half, bits 0 and 1
 * of the bytes are the first 32 numbers, bits 2 and 3 the next 32, and so on.
 */
final class TwoBits {

  static final int BYTES = 64;

  private TwoBits() {}

  /** Number {@code k}. */
  static int get(MemorySegment in, long at, int k) {
    return Bytes.unsigned(in, at + k / 128 * 32L + k % 32) >> (k % 128 / 32 * 2) & 3;
  }

  /** Writes the low two bits of {@code levels[k] + offset}. */
  static void set(MemorySegment out, long at, int[] levels, int offset) {
    for (int i = 0; i < BYTES; i++) {
      int first = i / 32 * 128 + i % 32;
      int four = 0;
      for (int j = 0; j < 4; j++) {
        four |= ((levels[first + 32 * j] + offset) & 3) << (2 * j);
      }
      Bytes.set(out, at + i, four);
    }
  }
}
