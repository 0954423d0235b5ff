package dev.cria.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What is reported of several measurements. */
final class Medians {

  private Medians() {}

  /** The middle value, or the mean of the two in the middle; NaN of none. */
  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * The median of {@code a[round] / b[round]}: what both lose in a slow round cancels out, which it does not in the ratio of two
   * medians. NaN of no rounds.
   */
  static double ofRatios(List<Double> a, List<Double> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException("ratios need as many rounds of each, got " + a.size() + " and " + b.size());
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < a.size(); round++) {
      ratios.add(a.get(round) / b.get(round));
    }
    return of(ratios);
  }
}
