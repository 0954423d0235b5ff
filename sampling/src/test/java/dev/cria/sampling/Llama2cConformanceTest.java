package dev.cria.sampling;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.conformance.DrawExample;
import dev.cria.conformance.SamplerDrawConformance;
import java.util.List;

class Llama2cConformanceTest extends SamplerDrawConformance {

  @Override protected SamplerDrawProvider provider() {
    return new Llama2cProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("temperature", 0.7, "topp", 0.9);
  }

  @Override protected List<DrawExample> examples() {
    float[] logits = Given.logarithms(0.3, 0.05, 0.5, 0.15);
    return List.of(new DrawExample(SamplerParameters.of("temperature", 1, "topp", 1), logits, 0.3, 0.05, 0.5, 0.15),
        new DrawExample(SamplerParameters.of("temperature", 1, "topp", 0.7), logits, 0.375, 0, 0.625, 0),
        new DrawExample(SamplerParameters.of("temperature", 0), logits, 0, 0, 1, 0),
        new DrawExample(SamplerParameters.of("temperature", 0.5, "topp", 0), new float[]{0, (float) Math.log(2)}, 0.2,
            0.8));
  }
}
