package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class TopNSigmaConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TopNSigmaProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("n", 1.2);
  }

  @Override protected List<StepExample> examples() {
    float[] logits = {0, 8, 0, 0}; // mean 2, variance (3 * 4 + 36) / 4 = 12
    float[] impossible = {1, Float.NEGATIVE_INFINITY, 3}; // mean 2, variance 1, of those that are possible
    return List.of(StepExample.keeps(n(2.3), logits, 1), StepExample.keeps(n(2.4), logits, 0, 1, 2, 3),
        StepExample.keeps(n(0), logits, 0, 1, 2, 3),
        StepExample.keeps(n(1.9), impossible, 2), StepExample.keeps(n(2.1), impossible, 0, 2));
  }

  private static SamplerParameters n(double n) {
    return SamplerParameters.of("n", n);
  }
}
