package dev.cria.sampling;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.conformance.DrawExample;
import dev.cria.conformance.SamplerDrawConformance;
import java.util.List;

class MultinomialConformanceTest extends SamplerDrawConformance {

  @Override protected SamplerDrawProvider provider() {
    return new MultinomialProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.none();
  }

  @Override protected List<DrawExample> examples() {
    return List.of(
        new DrawExample(SamplerParameters.none(), Given.logarithms(0.3, 0.05, 0.5, 0.15), 0.3, 0.05, 0.5, 0.15),
        new DrawExample(SamplerParameters.none(), new float[]{1, Float.NEGATIVE_INFINITY, 1}, 0.5, 0, 0.5));
  }
}
