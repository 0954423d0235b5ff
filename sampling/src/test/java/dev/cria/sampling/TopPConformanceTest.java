package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import java.util.List;

class TopPConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new TopPProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("p", 0.9);
  }

  @Override protected List<SamplerParameters> outOfRange() {
    return List.of(SamplerParameters.of("p", -0.1), SamplerParameters.of("p", 1.1));
  }
}
