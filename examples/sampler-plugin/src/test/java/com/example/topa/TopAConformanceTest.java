package com.example.topa;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

/** Runs the whole kit: what every step must do, and what this one must make of logits computed by hand. */
final class TopAConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TopAProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("a", 0.3);
  }

  @Override protected List<StepExample> examples() {
    // probabilities 1/8, 1/2, 1/4, 1/8; the square of the greatest is 1/4
    float[] logits = {0, (float) Math.log(4), (float) Math.log(2), 0};
    return List.of(StepExample.keeps(SamplerParameters.of("a", 0.6), logits, 1, 2), // at least 0.15
        StepExample.keeps(SamplerParameters.of("a", 0.4), logits, 0, 1, 2, 3), // at least 0.1
        StepExample.keeps(SamplerParameters.of("a", 0), logits, 0, 1, 2, 3));
  }
}
