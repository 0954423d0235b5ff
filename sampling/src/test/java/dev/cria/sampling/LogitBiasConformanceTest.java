package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class LogitBiasConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new LogitBiasProvider();
  }

  @Override protected SamplerParameters parameters() {
    return bias("0+1", "3-2.5");
  }

  @Override protected List<StepExample> examples() {
    return List.of(
        StepExample.changes(bias("1+2", "2-inf", "0-0.5"), List.of(), new float[]{1, 1, 1}, 0.5f, 3,
            Float.NEGATIVE_INFINITY),
        StepExample.changes(bias("1+.5"), List.of(), new float[]{1, Float.NEGATIVE_INFINITY}, 1,
            Float.NEGATIVE_INFINITY),
        StepExample.changes(bias(), List.of(), new float[]{1, 2}, 1, 2),
        StepExample.changes(bias("1-1", "1-1"), List.of(), new float[]{1, 2}, 1, 0));
  }

  private static SamplerParameters bias(String... biases) {
    SamplerParameters parameters = SamplerParameters.none();
    for (String bias : biases) {
      parameters = parameters.and("bias", bias);
    }
    return parameters;
  }
}
