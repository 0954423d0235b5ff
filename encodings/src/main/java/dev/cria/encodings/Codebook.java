package dev.cria.encodings;

import java.lang.foreign.MemorySegment;

/** The sixteen levels of IQ4_NL and IQ4_XS, and the search for the best scale for them. */
final class Codebook {

  static final int LOWEST = -127;
  static final int HIGHEST = 113;

  private static final int[] LEVELS = {LOWEST, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, HIGHEST};
  private static final int TRIALS = 7;

  private Codebook() {}

  /** Decodes 32 nibbles. */
  static void decode(MemorySegment in, long from, float[] out, int at) {
    for (int i = 0; i < Nibbles.BYTES; i++) {
      int pair = Bytes.unsigned(in, from + i);
      out[at + i] = LEVELS[pair & 15];
      out[at + Nibbles.BYTES + i] = LEVELS[pair >> 4];
    }
  }

  /** Writes the levels nearest to {@code x * inverse} as 32 nibbles. */
  static void encode(float[] in, int at, float inverse, MemorySegment out, long to) {
    for (int i = 0; i < Nibbles.BYTES; i++) {
      int low = nearest(in[at + i] * inverse);
      int high = nearest(in[at + Nibbles.BYTES + i] * inverse);
      Bytes.set(out, to + i, low | high << 4);
    }
  }

  /**
   * The scale that lets 32 elements come closest to levels, errors weighted by x²: scales that put the signed value of the
   * largest magnitude on {@code ±127 ± s}, s to 7, are tried, and each is solved by least squares, as ggml does.
   */
  static float scale(float[] in, int at) {
    float largest = Extremes.signed(in, at, Nibbles.SIZE);
    if (Math.abs(largest) < 1e-15f) {
      return 0;
    }
    float best = 0;
    float bestGain = 0;
    for (int trial = -TRIALS - 1; trial <= TRIALS; trial++) {
      float inverse = (trial < -TRIALS ? -LOWEST : LOWEST + trial) / largest;
      float sumLx = 0;
      float sumL2 = 0;
      for (int i = at; i < at + Nibbles.SIZE; i++) {
        float level = LEVELS[nearest(in[i] * inverse)];
        float weight = in[i] * in[i];
        sumLx += weight * in[i] * level;
        sumL2 += weight * level * level;
      }
      if (sumL2 > 0 && sumLx * sumLx > bestGain * sumL2) {
        best = sumLx / sumL2;
        bestGain = best * sumLx;
      }
    }
    return best;
  }

  private static int nearest(float x) {
    int best = 0;
    for (int i = 1; i < LEVELS.length; i++) {
      if (Math.abs(x - LEVELS[i]) < Math.abs(x - LEVELS[best])) {
        best = i;
      }
    }
    return best;
  }
}
