package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

/** Do outcomes come as often as they should? Pearson's chi-square test. */
final class ChiSquare {

  /** Of the normal distribution, for one right subject in 100,000 that fails. */
  private static final double QUANTILE = 4.265;

  private ChiSquare() {}

  static void assertFits(int[] counts, double[] probabilities, String what) {
    long draws = 0;
    for (int count : counts) {
      draws += count;
    }
    double chiSquare = 0;
    int outcomes = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = probabilities[i] * draws;
      if (expected == 0) {
        assertThat(counts[i]).as("%s: token %d, which must never come", what, i).isZero();
      } else {
        chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
        outcomes++;
      }
    }
    assertThat(chiSquare).as("%s: chi-square of %d draws", what, draws).isLessThanOrEqualTo(critical(outcomes - 1));
  }

  /** By the cube root that is nearly normal (Wilson and Hilferty 1931, The Distribution of Chi-square). */
  private static double critical(int degrees) {
    if (degrees == 0) {
      return 1e-9; // one outcome alone: it always comes
    }
    double variance = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - variance + QUANTILE * Math.sqrt(variance), 3);
  }
}
