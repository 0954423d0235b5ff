package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import java.util.List;

class TemperatureConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TemperatureProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("temperature", 0.7);
  }

  @Override protected List<SamplerParameters> outOfRange() {
    return List.of(SamplerParameters.of("temperature", -1), SamplerParameters.of("temperature", 0));
  }
}
