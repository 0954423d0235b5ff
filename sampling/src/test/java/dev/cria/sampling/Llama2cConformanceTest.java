package dev.cria.sampling;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.conformance.SamplerDrawConformance;
import java.util.List;

class Llama2cConformanceTest extends SamplerDrawConformance {

  @Override protected SamplerDrawProvider provider() {
    return new Llama2cProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("temperature", 0.7, "topp", 0.9);
  }

  @Override protected List<SamplerParameters> outOfRange() {
    return List.of(SamplerParameters.of("temperature", -1, "topp", 0.9),
        SamplerParameters.of("temperature", 1, "topp", 1.5));
  }
}
