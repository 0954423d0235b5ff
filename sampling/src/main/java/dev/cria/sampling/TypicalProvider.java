package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code typical}: sorts candidates by how far their surprise, −ln p, is from the mean surprise, the entropy, and keeps the
 * fewest of the first that together exceed a share {@code p} of the probability. 1 keeps all, in their order. The most probable
 * candidate may be dropped: where the model is unsure, it is not typical.
 *
 * @see <a href="https://arxiv.org/abs/2202.00666">Meister et al. 2022, Locally Typical Sampling</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TypicalProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TypicalProvider() {}

  @Override public String name() {
    return "typical";
  }

  @Override public String summary() {
    return "keeps tokens about as surprising as expected, up to a share; 1: all";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("p", 0, 1, "the share"));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Typical(parameters.number("p"));
  }
}
