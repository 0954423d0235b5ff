package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import java.util.Set;

/**
 * Offers {@code llama2c}: the whole sampler of llama2.c as one draw, bit for bit, with {@link XorShift64Star} as generator.
 *
 * <p>Parameter {@code temperature}, in [0, 1,000,000]: 0 takes the first greatest logit and no random number; otherwise one
 * random float is taken for a token. Parameter {@code topp}, in [0, 1]: the share of probability to choose from; 0 and 1 mean
 * all of it. As in llama2.c all is computed in float; {@code exp} is rounded correctly.
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

  @Override public SamplerDraw create(SamplerParameters parameters) {
    parameters.onlyKnown(name(), Set.of(TEMPERATURE, TOP_P));
    double temperature = parameters.in(TEMPERATURE, 0, TemperatureProvider.MOST);
    double topP = parameters.in(TOP_P, 0, 1);
    return new Llama2cDraw((float) temperature, (float) topP);
  }
}
