package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;

/** Drops candidates of low logits; the others stay in their order. */
final class LowLogits {

  private LowLogits() {}

  /**
   * Keeps those whose logit is not below the least.
   *
   * @param least not above the greatest logit, so that one is left
   */
  static void drop(Candidates candidates, double least) {
    int[] ids = candidates.ids();
    float[] logits = candidates.logits();
    int kept = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (logits[i] >= least) {
        ids[kept] = ids[i];
        logits[kept++] = logits[i];
      }
    }
    candidates.shorten(kept);
  }
}
