package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class TopKConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TopKProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.none().and("k", "7");
  }

  @Override protected List<StepExample> examples() {
    float[] logits = {1, 4, 3, 2};
    return List.of(StepExample.keeps(k(2), logits, 1, 2), StepExample.keeps(k(1), logits, 1),
        StepExample.keeps(k(9), logits, 1, 2, 3, 0),
        StepExample.keeps(k(0), logits, 0, 1, 2, 3),
        StepExample.keeps(k(3), new float[]{-1, Float.NEGATIVE_INFINITY, -3, 2}, 3, 0, 2));
  }

  private static SamplerParameters k(int k) {
    return SamplerParameters.none().and("k", Integer.toString(k));
  }
}
