package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class TemperatureConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TemperatureProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("temperature", 0.7);
  }

  @Override protected List<StepExample> examples() {
    float[] halfUnsure = {3, 3, -1000, -1000}; // entropy ln 2 of at most ln 4
    return List.of(
        StepExample.changes(SamplerParameters.of("temperature", 0.5), List.of(),
            new float[]{1, -3, Float.NEGATIVE_INFINITY}, 2, -6, Float.NEGATIVE_INFINITY),
        StepExample.keeps(SamplerParameters.of("temperature", 0), new float[]{1, 7, 3}, 1),
        StepExample.changes(dynamic(1, 1), List.of(), new float[]{3, 3}, 2, 2), // as unsure as can be: 1.5
        StepExample.changes(dynamic(1, 1), List.of(), new float[]{0, 1000}, 0, 2000), // sure: 0.5
        StepExample.changes(dynamic(1, 1), List.of(), halfUnsure, 3, 3, -1000, -1000),
        StepExample.changes(dynamic(1, 2), List.of(), halfUnsure, 4, 4, -4000 / 3f, -4000 / 3f), // 0.5 + 0.5²
        StepExample.keeps(dynamic(0.5, 1), new float[]{0, 1000}, 1), // sure: 0
        StepExample.changes(dynamic(1, 1), List.of(), new float[]{5, Float.NEGATIVE_INFINITY}, 5,
            Float.NEGATIVE_INFINITY));
  }

  private static SamplerParameters dynamic(double temperature, double exponent) {
    return SamplerParameters.of("temperature", temperature, "range", 0.5).and("exponent", exponent);
  }
}
