package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code top-p}: keeps the fewest, most probable candidates that together exceed a share {@code p} of the probability,
 * sorted by it, of equals the earlier first. It is what llama2.c keeps for the same share. 0 keeps the most probable one and 1
 * keeps all, in their order.
 *
 * @see <a href="https://arxiv.org/abs/1904.09751">Holtzman et al. 2020, The Curious Case of Neural Text Degeneration</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TopPProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TopPProvider() {}

  @Override public String name() {
    return "top-p";
  }

  @Override public String summary() {
    return "keeps the most probable tokens that together exceed a share; 1: all";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("p", 0, 1, "the share").or(0.95));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new TopP((float) parameters.number("p"));
  }
}
