package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/**
 * Drops candidates that are much less probable than the most probable one.
 *
 * @param distance how far a logit may be below the greatest one: −ln of the share
 */
record MinP(double distance) implements SamplerStep {

  @Override public void apply(Candidates candidates, SamplingContext context) {
    float greatest = candidates.logits()[Maximum.place(candidates)];
    if (distance < Double.POSITIVE_INFINITY) {
      LowLogits.drop(candidates, greatest - distance);
    }
  }
}
