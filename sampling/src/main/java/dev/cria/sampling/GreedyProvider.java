package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code greedy}: takes the candidate of the greatest logit, the first of several. No parameters, no random number.
 *
 * @since 0.1
 */
@AutoService(SamplerDrawProvider.class)
public final class GreedyProvider implements SamplerDrawProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GreedyProvider() {}

  @Override public String name() {
    return "greedy";
  }

  @Override public String summary() {
    return "takes the most probable token";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of();
  }

  @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Greedy();
  }
}
