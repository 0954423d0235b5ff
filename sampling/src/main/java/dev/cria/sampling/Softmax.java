package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;

/** Probabilities from logits, with the float operations of llama2.c in their order. */
final class Softmax {

  private Softmax() {}

  /**
   * Writes the probabilities of all candidates: each logit is divided by the temperature, the greatest is subtracted, the
   * exponentials are summed by index, and each is divided by the sum.
   *
   * @param out {@code (candidates.size(),)} at least; may be the candidates' logits
   * @param temperature positive
   * @throws IllegalArgumentException as {@link Maximum#place}, or if a logit divided by the temperature overflows
   */
  static void apply(float[] out, Candidates candidates, float temperature) {
    float[] logits = candidates.logits();
    int size = candidates.size();
    float greatest = logits[Maximum.place(candidates)] / temperature; // division keeps the order
    if (Float.isInfinite(greatest)) {
      throw new IllegalArgumentException(
          "temperature " + temperature
              + " is too small: a logit divided by it overflows; 0 takes the most likely token");
    }
    float sum = 0;
    for (int i = 0; i < size; i++) {
      out[i] = Exp.exp(logits[i] / temperature - greatest);
      sum += out[i];
    }
    for (int i = 0; i < size; i++) {
      out[i] /= sum;
    }
  }
}
