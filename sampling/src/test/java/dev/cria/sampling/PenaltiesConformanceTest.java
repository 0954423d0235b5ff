package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class PenaltiesConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new PenaltiesProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("repeat", 1.3, "presence", 0.5).and("frequency", 0.25);
  }

  @Override protected List<StepExample> examples() {
    float[] logits = {4, -4, 1};
    List<Integer> history = List.of(0, 1, 1);
    return List.of(StepExample.changes(SamplerParameters.of("repeat", 2), history, logits, 2, -8, 1),
        StepExample.changes(SamplerParameters.of("presence", 0.5), history, logits, 3.5f, -4.5f, 1),
        StepExample.changes(SamplerParameters.of("frequency", 0.5), history, logits, 3.5f, -5, 1),
        StepExample.changes(SamplerParameters.of("repeat", 2, "presence", 1).and("frequency", 0.5), history, logits,
            0.5f, -10, 1),
        StepExample.changes(SamplerParameters.of("repeat", 2).and("last-n", "1"), history, logits, 4, -8, 1),
        StepExample.changes(SamplerParameters.of("repeat", 2).and("last-n", "0"), history, logits, 4, -4, 1),
        StepExample.changes(SamplerParameters.of("repeat", 2).and("last-n", "-1"), history, logits, 2, -8, 1),
        StepExample.changes(SamplerParameters.of("repeat", 2), List.of(0), new float[]{Float.NEGATIVE_INFINITY, 1},
            Float.NEGATIVE_INFINITY, 1));
  }
}
