package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;

/** The greatest logit. */
final class Maximum {

  private Maximum() {}

  /**
   * The place of the first greatest logit among the candidates.
   *
   * <p>−infinity is a logit like any other, for a token that must not come.
   *
   * @throws IllegalArgumentException if a logit is NaN or +infinity, or all are −infinity: no choice would mean anything
   */
  static int place(Candidates candidates) {
    float[] logits = candidates.logits();
    int size = candidates.size();
    int place = -1;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      if (!(logits[i] <= greatest)) { // greater, or NaN: one comparison for both
        greatest = finite(logits[i], candidates.ids()[i]);
        place = i;
      }
    }
    if (place < 0) {
      throw new IllegalArgumentException(
          "all " + size + " logits are -infinity; a step of the sampler leaves no token, or a kernel is wrong");
    }
    return place;
  }

  private static float finite(float logit, int token) {
    if (!(logit < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "logits hold " + (Float.isNaN(logit) ? "NaN" : "infinity") + " at token " + token
              + "; the checkpoint is damaged or a kernel is wrong");
    }
    return logit;
  }
}
