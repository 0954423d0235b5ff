package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;

/** What softmax makes of the candidates, which stay as they are. */
final class Distribution {

  private float[] weights = {}; // (candidates,), each the probability times the total
  private double total;
  private double logTotal;
  private double entropy;
  private int possible;

  /**
   * Computes it.
   *
   * @throws IllegalArgumentException as {@link Maximum#place}
   */
  void of(Candidates candidates) {
    int size = candidates.size();
    if (weights.length < size) {
      weights = new float[Math.max(size, 2 * weights.length)];
    }
    float[] logits = candidates.logits();
    float greatest = logits[Maximum.place(candidates)];
    total = 0;
    possible = 0;
    double sum = 0; // of weight times distance from the greatest
    for (int i = 0; i < size; i++) {
      float distance = logits[i] - greatest;
      weights[i] = Exp.exp(distance);
      total += weights[i];
      sum += weights[i] > 0 ? weights[i] * (double) -distance : 0;
      possible += logits[i] > Float.NEGATIVE_INFINITY ? 1 : 0;
    }
    logTotal = StrictMath.log(total);
    entropy = logTotal + sum / total;
  }

  /** A number in proportion to the probability of a candidate; that of the most probable is 1. */
  float weight(int place) {
    return weights[place];
  }

  /** The sum of all weights. */
  double total() {
    return total;
  }

  /** The probability of a candidate. */
  double probability(int place) {
    return weights[place] / total;
  }

  /** −ln p of a candidate whose logit is that far below the greatest one. */
  double surprise(double distance) {
    return logTotal + distance;
  }

  /** The mean surprise, in nats. */
  double entropy() {
    return entropy;
  }

  /** How many candidates are not at −infinity. */
  int possible() {
    return possible;
  }
}
