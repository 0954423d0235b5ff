package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

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

  @Override public String summary() {
    return "draws each token with its probability";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of();
  }

  @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Multinomial();
  }
}
