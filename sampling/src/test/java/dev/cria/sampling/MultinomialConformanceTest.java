package dev.cria.sampling;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.conformance.SamplerDrawConformance;
import java.util.List;

class MultinomialConformanceTest extends SamplerDrawConformance {

  @Override protected SamplerDrawProvider provider() {
    return new MultinomialProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.none();
  }

  @Override protected List<SamplerParameters> outOfRange() {
    return List.of();
  }
}
