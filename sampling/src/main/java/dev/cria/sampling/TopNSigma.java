package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/**
 * Drops candidates whose logit is more than some standard deviations below the greatest one.
 *
 * @param deviations how many; 0 keeps all
 */
record TopNSigma(double deviations) implements SamplerStep {

  @Override public void apply(Candidates candidates, SamplingContext context) {
    float greatest = candidates.logits()[Maximum.place(candidates)];
    if (deviations > 0) {
      LowLogits.drop(candidates, greatest - deviations * deviation(candidates));
    }
  }

  /** Over the candidates that are possible. */
  private static double deviation(Candidates candidates) {
    float[] logits = candidates.logits();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (logits[i] > Float.NEGATIVE_INFINITY) {
        sum += logits[i];
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (logits[i] > Float.NEGATIVE_INFINITY) {
        squares += (logits[i] - mean) * (logits[i] - mean);
      }
    }
    return Math.sqrt(squares / count);
  }
}
