package com.example.topa;

import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code top-a}: drops tokens whose probability is less than {@code a} times the square of the greatest. Where the model is
 * sure, little is left; where it is not, much.
 *
 * @see <a href="https://github.com/BlinkDL/RWKV-LM#the-top-a-sampling-method">BlinkDL 2022, The top-a sampling method</a>
 */
public final class TopAProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TopAProvider() {}

  @Override public String name() {
    return "top-a";
  }

  @Override public String summary() {
    return "drops tokens less probable than a share of the square of the greatest";
  }

  /** The first is the one that stands after the name: {@code --sampler top-a=0.2}. Cria checks the range. */
  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("a", 0, 1, "the share; 0: none").or(0.2));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new TopA(parameters.number("a"));
  }
}
