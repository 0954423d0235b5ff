package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/**
 * Divides every logit.
 *
 * @param temperature positive
 */
record Temperature(float temperature) implements SamplerStep {

  @Override public void apply(Candidates candidates, SamplingContext context) {
    float[] logits = candidates.logits();
    int size = candidates.size();
    for (int i = 0; i < size; i++) {
      logits[i] /= temperature;
    }
  }
}
