package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class XtcConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new XtcProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("probability", 0.5, "threshold", 0.05);
  }

  @Override protected List<StepExample> examples() {
    float[] logits = Given.logarithms(0.4, 0.35, 0.2, 0.05);
    return List.of(StepExample.keeps(xtc(1, 0.1), logits, 2, 3), StepExample.keeps(xtc(1, 0.3), logits, 1, 2, 3),
        StepExample.keeps(xtc(1, 0.38), logits, 0, 1, 2, 3), StepExample.keeps(xtc(1, 0.45), logits, 0, 1, 2, 3),
        StepExample.keeps(xtc(1, 0.51), logits, 0, 1, 2, 3), StepExample.keeps(xtc(1, 0), logits, 3),
        StepExample.keeps(xtc(0, 0.1), logits, 0, 1, 2, 3));
  }

  @Override protected boolean keepsTheMostProbable() {
    return false;
  }

  private static SamplerParameters xtc(double probability, double threshold) {
    return SamplerParameters.of("probability", probability, "threshold", threshold);
  }
}
