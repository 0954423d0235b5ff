package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/**
 * Divides every logit.
 *
 * @param temperature 0 keeps the first of the greatest alone
 */
record Temperature(float temperature) implements SamplerStep {

  @Override public void apply(Candidates candidates, SamplingContext context) {
    apply(candidates, temperature);
  }

  /** The same by a temperature of the moment. */
  static void apply(Candidates candidates, float temperature) {
    float[] logits = candidates.logits();
    int size = candidates.size();
    if (temperature == 0) {
      int place = Maximum.place(candidates);
      candidates.ids()[0] = candidates.ids()[place];
      logits[0] = logits[place];
      candidates.shorten(1);
      return;
    }
    for (int i = 0; i < size; i++) {
      logits[i] /= temperature;
    }
  }
}
