package dev.cria.encodings;

/**
 * The numbers of one block of 256 whose groups of 16 have a scale, a small integer relative to a binary16 of the block: Q3_K and
 * Q6_K.
 *
 * <p>Each group is searched for its best scale ({@link ScaleSearch}); the one of the largest magnitude gets the lowest integer,
 * the others are rounded; then the levels are rounded again with the scales as they will be decoded.
 */
final class SymmetricSearch {

  static final int SIZE = 256;
  private static final int GROUP = 16;

  /** Scale of the scales, as binary16 holds it. */
  final float d;
  /** {@code (16,)}, from {@code -scaleSteps} to {@code scaleSteps - 1} */
  final int[] scales = new int[SIZE / GROUP];
  /** {@code (256,)}, from {@code -steps} to {@code steps - 1} */
  final int[] levels = new int[SIZE];

  SymmetricSearch(float[] x, int at, int steps, int scaleSteps) {
    float[] best = new float[scales.length];
    for (int g = 0; g < best.length; g++) {
      best[g] = ScaleSearch.symmetric(x, at + GROUP * g, GROUP, steps);
    }
    float largest = Extremes.signed(best, 0, best.length);
    d = Float.float16ToFloat(Float.floatToFloat16(largest / -scaleSteps));
    float inverse = -scaleSteps * Extremes.inverse(largest);
    for (int g = 0; g < best.length; g++) {
      scales[g] = Extremes.round(inverse * best[g], -scaleSteps, scaleSteps - 1);
      float perLevel = Extremes.inverse(d * scales[g]);
      for (int i = GROUP * g; i < GROUP * (g + 1); i++) {
        levels[i] = Extremes.round(x[at + i] * perLevel, -steps, steps - 1);
      }
    }
  }
}
