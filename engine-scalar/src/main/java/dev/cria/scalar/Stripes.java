package dev.cria.scalar;

import java.util.Arrays;

/** Sums over one vector: element i is added to stripe i mod 16, and one tree folds the stripes. */
final class Stripes {

  /** How many stripes there are; they are the first floats of a worker's scratch. */
  static final int COUNT = 16;

  private Stripes() {}

  /** Sets all stripes to zero. */
  static void clear(float[] stripes) {
    Arrays.fill(stripes, 0, COUNT, 0f);
  }

  /** The sum of the stripes, which are used up. */
  static float fold(float[] stripes) {
    for (int width = COUNT / 2; width >= 1; width /= 2) {
      for (int j = 0; j < width; j++) {
        stripes[j] = stripes[j] + stripes[j + width];
      }
    }
    return stripes[0];
  }
}
