package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import java.util.Set;

/**
 * Offers {@code multinomial}: draws each candidate with the probability that softmax gives it. No parameters, one random float
 * for a token.
 *
 * @since 0.1
 */
@AutoService(SamplerDrawProvider.class)
public final class MultinomialProvider implements SamplerDrawProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MultinomialProvider() {}

  @Override public String name() {
    return "multinomial";
  }

  @Override public SamplerDraw create(SamplerParameters parameters) {
    parameters.onlyKnown(name(), Set.of());
    return new Multinomial();
  }
}
