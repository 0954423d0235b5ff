package dev.cria.sampling;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.conformance.DrawExample;
import dev.cria.conformance.SamplerDrawConformance;
import java.util.List;

class MirostatConformanceTest extends SamplerDrawConformance {

  @Override protected SamplerDrawProvider provider() {
    return new MirostatProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("tau", 3);
  }

  @Override protected List<DrawExample> examples() {
    float[] logits = Given.logarithms(0.5, 0.3, 0.1, 0.1); // surprises of 1, 1.7, 3.3, 3.3 bits
    return List.of(new DrawExample(SamplerParameters.of("tau", 1), logits, 0.625, 0.375, 0, 0),
        new DrawExample(SamplerParameters.of("tau", 0.4), logits, 1, 0, 0, 0),
        new DrawExample(SamplerParameters.of("tau", 5), logits, 0.5, 0.3, 0.1, 0.1));
  }
}
