package dev.cria.vector;

import java.util.Arrays;
import java.util.Random;

/** Numbers for tests, and their bits: what is compared, since -0 is not 0 here. */
final class Numbers {

  /** Counts around the multiples of every vector width, and around a panel. */
  static final int[] COUNTS = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64};

  private Numbers() {}

  /** The same numbers for the same seed, of many magnitudes. */
  static float[] random(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(9) - 4));
    }
    return values;
  }

  /** The bits of each number; all NaNs are one. */
  static int[] bits(float[] values) {
    return bits(values, 0, values.length);
  }

  /** The bits of some of the numbers. */
  static int[] bits(float[] values, int from, int count) {
    int[] bits = new int[count];
    Arrays.setAll(bits, i -> Float.floatToIntBits(values[from + i]));
    return bits;
  }
}
