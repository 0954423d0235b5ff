package dev.cria.vector;

import java.util.Arrays;

/** Sums over one vector: element i is added to stripe i mod 16, and one tree folds the stripes. */
final class Stripes {

  /** How many stripes there are. */
  static final int COUNT = 16;

  private Stripes() {}

  /** Sets all stripes to zero. */
  static void clear(float[] scratch) {
    Arrays.fill(scratch, Scratch.STRIPES, Scratch.STRIPES + COUNT, 0f);
  }

  /** The sum of the stripes, which are used up. */
  static float fold(float[] scratch) {
    for (int width = COUNT / 2; width >= 1; width /= 2) {
      for (int j = Scratch.STRIPES; j < Scratch.STRIPES + width; j++) {
        scratch[j] = scratch[j] + scratch[j + width];
      }
    }
    return scratch[Scratch.STRIPES];
  }
}
