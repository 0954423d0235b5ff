package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class TypicalConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TypicalProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("p", 0.6);
  }

  @Override protected List<StepExample> examples() {
    // surprises of 1, 2, 3, 3 bits; their mean is 0.5 * 1 + 0.25 * 2 + 0.25 * 3 = 1.75
    float[] logits = Given.logarithms(0.5, 0.25, 0.125, 0.125);
    return List.of(StepExample.keeps(p(0.2), logits, 1), StepExample.keeps(p(0.3), logits, 1, 0),
        StepExample.keeps(p(0.7), logits, 1, 0),
        StepExample.keeps(p(1), logits, 0, 1, 2, 3), StepExample.keeps(p(0), logits, 1));
  }

  @Override protected boolean keepsTheMostProbable() {
    return false;
  }

  private static SamplerParameters p(double p) {
    return SamplerParameters.of("p", p);
  }
}
