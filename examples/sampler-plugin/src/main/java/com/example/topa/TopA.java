package com.example.topa;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/**
 * Keeps the candidates that are probable enough, in their order. It has no state, so nothing of it needs to be copied or reset.
 *
 * @param share in [0, 1]
 */
record TopA(double share) implements SamplerStep {

  @Override public void apply(Candidates candidates, SamplingContext context) {
    int[] ids = candidates.ids();
    float[] logits = candidates.logits();
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      greatest = Math.max(greatest, logits[i]);
    }
    double total = 0; // in units of the greatest probability, which is 1 / total
    for (int i = 0; i < candidates.size(); i++) {
      total += Math.exp(logits[i] - greatest);
    }
    int kept = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (Math.exp(logits[i] - greatest) >= share / total) {
        ids[kept] = ids[i];
        logits[kept++] = logits[i];
      }
    }
    candidates.shorten(kept);
  }
}
