package dev.cria.encodings;

/**
 * Finds the scale, and maybe the minimum, that lets a few levels come closest to given numbers, as ggml does: several scales near
 * the obvious one are tried, the best scale for the levels that each gives is solved by least squares, and the one with the
 * least weighted error is kept.
 */
final class ScaleSearch {

  /** {@code element = scale * level - minimum}. */
  record Affine(float scale, float minimum) {}

  private ScaleSearch() {}

  /**
   * The scale for levels {@code -steps .. steps - 1}, errors weighted by {@code x²}. The scales tried are
   * {@code m / -(steps + 0.1 s)}, s from −9 to 9, m the signed value of the largest magnitude.
   */
  static float symmetric(float[] x, int at, int count, int steps) {
    float largest = Extremes.signed(x, at, count);
    if (Math.abs(largest) < 1e-15f) {
      return 0;
    }
    float best = 0;
    float bestGain = 0;
    for (int s = 0; s <= 18; s++) {
      int near = (s + 1) / 2 * (s % 2 == 0 ? 1 : -1); // 0, −1, 1, −2, 2, …: among equals the nearest wins
      float inverse = -(steps + 0.1f * near) / largest;
      float sumLx = 0;
      float sumL2 = 0;
      for (int i = at; i < at + count; i++) {
        int level = Extremes.round(inverse * x[i], -steps, steps - 1);
        float weight = x[i] * x[i];
        sumLx += weight * x[i] * level;
        sumL2 += weight * level * level;
      }
      if (sumL2 > 0 && sumLx * sumLx > bestGain * sumL2) {
        best = sumLx / sumL2;
        bestGain = best * sumLx;
      }
    }
    return best;
  }

  /**
   * Scale and minimum, at least 0, for levels {@code 0 .. most}.
   *
   * @param weights {@code (count,)} of errors, at least 0
   * @param first the first scale tried is {@code (max - min) / (most + first)}
   * @param trials how many, 0.1 apart
   * @param absolute whether the weighted error is of magnitudes instead of squares
   */
  static Affine affine(
      float[] x, int at, int most, float[] weights, float first, int trials, boolean absolute) {
    int count = weights.length;
    float min = Math.min(0, Extremes.min(x, at, count));
    float range = Extremes.max(x, at, count) - min;
    if (range <= 0) {
      return new Affine(0, -min);
    }
    Affine best = new Affine(range / most, -min);
    float bestError = error(x, at, most, weights, most / range, min, best, absolute);
    for (int s = 0; s <= trials; s++) {
      float inverse = (first + 0.1f * s + most) / range;
      Affine solved = solve(x, at, most, weights, inverse, min);
      float error = error(x, at, most, weights, inverse, min, solved, absolute);
      if (error < bestError) {
        best = solved;
        bestError = error;
      }
    }
    return best;
  }

  /** The best scale and minimum for the levels that an inverse scale gives. */
  private static Affine solve(float[] x, int at, int most, float[] weights, float inverse, float min) {
    float sumW = 0;
    float sumX = 0;
    float sumL = 0;
    float sumL2 = 0;
    float sumXl = 0;
    for (int i = 0; i < weights.length; i++) {
      float value = x[at + i];
      int level = Extremes.round(inverse * (value - min), 0, most);
      float weight = weights[i];
      sumW += weight;
      sumX += weight * value;
      sumL += weight * level;
      sumL2 += weight * level * level;
      sumXl += weight * level * value;
    }
    float determinant = sumW * sumL2 - sumL * sumL;
    if (determinant <= 0) {
      return new Affine(1 / inverse, -min);
    }
    float offset = (sumL2 * sumX - sumL * sumXl) / determinant;
    if (offset > 0) {
      return new Affine(sumXl / sumL2, 0);
    }
    return new Affine((sumW * sumXl - sumX * sumL) / determinant, -offset);
  }

  private static float error(
      float[] x, int at, int most, float[] weights, float inverse, float min, Affine affine, boolean absolute) {
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      int level = Extremes.round(inverse * (x[at + i] - min), 0, most);
      float difference = affine.scale * level - affine.minimum - x[at + i];
      sum += weights[i] * (absolute ? Math.abs(difference) : difference * difference);
    }
    return sum;
  }
}
