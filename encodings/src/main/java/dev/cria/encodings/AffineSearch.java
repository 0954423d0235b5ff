package dev.cria.encodings;

import dev.cria.encodings.ScaleSearch.Affine;

/**
 * The numbers of one block of 256 whose groups have a scale and a minimum, both small integers relative to two binary16 of the
 * block: Q2_K, Q4_K and Q5_K.
 *
 * <p>Each group is searched for its best scale and minimum ({@link ScaleSearch}); the largest of each gets the largest integer,
 * the others are rounded; then the levels are rounded again with the scales and minimums as they will be decoded.
 */
final class AffineSearch {

  static final int SIZE = 256;

  /** Scale of the scales, as binary16 holds it. */
  final float d;
  /** Scale of the minimums, as binary16 holds it. */
  final float dMin;
  /** {@code (groups,)} */
  final int[] scales;
  /** {@code (groups,)} */
  final int[] minimums;
  /** {@code (256,)} */
  final int[] levels = new int[SIZE];

  private AffineSearch(Affine[] groups, float[] x, int at, int most, int mostScale) {
    float largestScale = 0;
    float largestMinimum = 0;
    for (Affine group : groups) {
      largestScale = Math.max(largestScale, group.scale());
      largestMinimum = Math.max(largestMinimum, group.minimum());
    }
    d = rounded(largestScale / mostScale);
    dMin = rounded(largestMinimum / mostScale);
    scales = new int[groups.length];
    minimums = new int[groups.length];
    float perScale = mostScale * Extremes.inverse(largestScale);
    float perMinimum = mostScale * Extremes.inverse(largestMinimum);
    int size = SIZE / groups.length;
    for (int g = 0; g < groups.length; g++) {
      scales[g] = Extremes.round(perScale * groups[g].scale(), 0, mostScale);
      minimums[g] = Extremes.round(perMinimum * groups[g].minimum(), 0, mostScale);
      float inverse = Extremes.inverse(d * scales[g]);
      for (int i = g * size; i < (g + 1) * size; i++) {
        levels[i] = Extremes.round((x[at + i] + dMin * minimums[g]) * inverse, 0, most);
      }
    }
  }

  /** For groups of 16 with two-bit levels and four-bit scales: errors are magnitudes, weighted by |x|. */
  static AffineSearch ofTwoBits(float[] x, int at) {
    Affine[] groups = new Affine[SIZE / 16];
    float[] weights = new float[16];
    for (int g = 0; g < groups.length; g++) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.abs(x[at + 16 * g + i]);
      }
      groups[g] = ScaleSearch.affine(x, at + 16 * g, 3, weights, -0.5f, 15, true);
    }
    return new AffineSearch(groups, x, at, 3, 15);
  }

  /**
   * For groups of 32 with six-bit scales: errors are squares, weighted by the root of the mean square plus |x|.
   *
   * @param first and {@code trials}: see {@link ScaleSearch#affine}
   */
  static AffineSearch ofGroups(float[] x, int at, int most, float first, int trials) {
    Affine[] groups = new Affine[SIZE / 32];
    float[] weights = new float[32];
    for (int g = 0; g < groups.length; g++) {
      float squares = 0;
      for (int i = 0; i < weights.length; i++) {
        float value = x[at + 32 * g + i];
        squares += value * value;
      }
      float rootMeanSquare = (float) Math.sqrt(squares / weights.length);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = rootMeanSquare + Math.abs(x[at + 32 * g + i]);
      }
      groups[g] = ScaleSearch.affine(x, at + 32 * g, most, weights, first, trials, false);
    }
    return new AffineSearch(groups, x, at, most, 63);
  }

  private static float rounded(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }
}
