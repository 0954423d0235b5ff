package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class TopPConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TopPProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("p", 0.9);
  }

  @Override protected List<StepExample> examples() {
    float[] logits = Given.logarithms(0.3, 0.05, 0.5, 0.15);
    return List.of(StepExample.keeps(p(0.6), logits, 2, 0), StepExample.keeps(p(0.9), logits, 2, 0, 3),
        StepExample.keeps(p(0), logits, 2),
        StepExample.keeps(p(1), logits, 0, 1, 2, 3));
  }

  private static SamplerParameters p(double p) {
    return SamplerParameters.of("p", p);
  }
}
