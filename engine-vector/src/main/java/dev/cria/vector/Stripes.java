package dev.cria.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Sums over one vector: element i is added to stripe i mod 16, and one tree folds the stripes. */
final class Stripes {

  /** How many stripes there are. */
  static final int COUNT = 16;

  private Stripes() {}

  /** Sets all stripes to zero. */
  static void clear(float[] scratch) {
    Arrays.fill(scratch, Scratch.STRIPES, Scratch.STRIPES + COUNT, 0f);
  }

  /** Adds elements {@code i .. i + LANES} of a vector; {@code i} is a multiple of the lanes. */
  static void add(float[] scratch, int i, FloatVector elements) {
    int at = Scratch.STRIPES + i % COUNT;
    FloatVector.fromArray(VectorShapes.F32, scratch, at).add(elements).intoArray(scratch, at);
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
