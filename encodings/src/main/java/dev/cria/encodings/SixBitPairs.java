package dev.cria.encodings;

import java.lang.foreign.MemorySegment;

/** Eight six-bit scales and eight six-bit minimums in twelve bytes, as Q4_K and Q5_K have them. */
final class SixBitPairs {

  static final int BYTES = 12;

  private SixBitPairs() {}

  /** Scale {@code j}. */
  static int scale(MemorySegment in, long at, int j) {
    return j < 4
        ? Bytes.unsigned(in, at + j) & 63
        : (Bytes.unsigned(in, at + j + 4) & 15) | Bytes.unsigned(in, at + j - 4) >> 6 << 4;
  }

  /** Minimum {@code j}. */
  static int minimum(MemorySegment in, long at, int j) {
    return j < 4
        ? Bytes.unsigned(in, at + j + 4) & 63
        : Bytes.unsigned(in, at + j + 4) >> 4 | Bytes.unsigned(in, at + j) >> 6 << 4;
  }

  /** Writes eight of each. */
  static void set(MemorySegment out, long at, int[] scales, int[] minimums) {
    for (int j = 0; j < 4; j++) {
      Bytes.set(out, at + j, scales[j] | scales[j + 4] >> 4 << 6);
      Bytes.set(out, at + j + 4, minimums[j] | minimums[j + 4] >> 4 << 6);
      Bytes.set(out, at + j + 8, (scales[j + 4] & 15) | (minimums[j + 4] & 15) << 4);
    }
  }
}
