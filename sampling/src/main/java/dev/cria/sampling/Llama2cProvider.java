package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code llama2c}: the whole sampler of llama2.c as one draw, bit for bit, with {@link XorShift64Star} as generator.
 *
 * <p>A {@code temperature} of 0 takes the first greatest logit and no random number; otherwise one random float is taken for a token.
 * {@code topp} is the share of probability to choose from; 0 and 1 mean all of it. As in llama2.c all is computed in float;
 * {@code exp} is rounded correctly.
 *
 * @since 0.1
 */
@AutoService(SamplerDrawProvider.class)
public final class Llama2cProvider implements SamplerDrawProvider {

  static final String TEMPERATURE = "temperature";
  static final String TOP_P = "topp";

  /** For {@link java.util.ServiceLoader}. */
  public Llama2cProvider() {}

  @Override public String name() {
    return "llama2c";
  }

  @Override public String summary() {
    return "what llama2.c does, bit for bit, as one draw";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(
        SamplerParameter.real(TEMPERATURE, 0, TemperatureProvider.MOST, "divides logits; 0: the likeliest").or(1),
        SamplerParameter.real(TOP_P, 0, 1, "share to choose from; 0 or 1: all").or(0.9));
  }

  @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Llama2cDraw((float) parameters.number(TEMPERATURE), (float) parameters.number(TOP_P));
  }
}
