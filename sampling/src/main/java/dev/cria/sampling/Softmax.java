package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;

/** Probabilities from logits, with the float operations of llama2.c in their order. */
final class Softmax {

  /*
   * Each logit is divided by the temperature; the greatest is subtracted; exp is rounded correctly to float (StrictMath in
   * double, then rounded: checked for every float in [-104, 0]); the sum goes in index order; each is divided by the sum.
   *
   * Most logits of a large vocabulary lie far below the greatest, and exp is nearly all the cost. Where the caller allows it,
   * a term below 2^-27 of the sum so far is not computed and counts as 0. No bit changes by that, of the sum or of what is
   * chosen:
   * - The sum: a term below half a unit in the last place, so below 2^-25 of the sum, is lost in it.
   * - llama2.c's top-p drops what is below (1 - p) / (n - 1); Llama2cDraw and TopP allow it only if that is above 2^-26.
   * - A running sum c of probabilities in index order: with u = 2^-24 and n <= 2^22 additions, both c and the sum of the
   *   terms are off by a factor in [1 - 1/3, 1 + 1/3], so a probability is below 2^-27 * 2 * (1 + 4u) of c, and lost in it.
   */
  private static final float NEGLIGIBLE = -18.72f; // below ln 2^-27 = -18.7149…

  /** What is not computed has a probability below this. */
  static final float NEGLIGIBLE_PROBABILITY = 0x1p-26f;

  /** Running sums over more candidates than this may feel what is not computed. */
  static final int MOST_NEGLIGIBLE = 1 << 22;

  private Softmax() {}

  /**
   * Writes the probabilities of all candidates.
   *
   * @param out {@code (candidates.size(),)} at least; may be the candidates' logits
   * @param temperature positive
   * @param skipNegligible whether the caller cannot tell a negligible probability from 0
   * @throws IllegalArgumentException as {@link Maximum#place}, or if a logit divided by the temperature overflows
   */
  static void apply(float[] out, Candidates candidates, float temperature, boolean skipNegligible) {
    float[] logits = candidates.logits();
    int size = candidates.size();
    float greatest = logits[Maximum.place(candidates)] / temperature; // division keeps the order
    if (Float.isInfinite(greatest)) {
      throw new IllegalArgumentException(
          "temperature " + temperature
              + " is too small: a logit divided by it overflows; 0 takes the most likely token");
    }
    float sum = 0;
    float least = Float.NEGATIVE_INFINITY; // what is below is not computed
    float leastIsFor = 0; // the sum that `least` was computed for; it may only have grown
    for (int i = 0; i < size; i++) {
      float difference = logits[i] / temperature - greatest;
      if (difference < least) {
        out[i] = 0;
        continue;
      }
      float term = (float) StrictMath.exp(difference);
      out[i] = term;
      sum += term;
      if (skipNegligible && sum > 2 * leastIsFor) {
        leastIsFor = sum;
        least = NEGLIGIBLE + (float) StrictMath.log(sum);
      }
    }
    for (int i = 0; i < size; i++) {
      out[i] /= sum;
    }
  }
}
