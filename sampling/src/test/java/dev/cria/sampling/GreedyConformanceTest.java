package dev.cria.sampling;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.conformance.DrawExample;
import dev.cria.conformance.SamplerDrawConformance;
import java.util.List;

class GreedyConformanceTest extends SamplerDrawConformance {

  @Override protected SamplerDrawProvider provider() {
    return new GreedyProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.none();
  }

  @Override protected List<DrawExample> examples() {
    return List.of(new DrawExample(SamplerParameters.none(), new float[]{1, 3, 2}, 0, 1, 0));
  }
}
