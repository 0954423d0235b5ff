package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code min-p}: drops candidates whose probability is less than {@code p} times that of the most probable one. The
 * others stay in their order; a {@code p} of 0 keeps all.
 *
 * @see <a href="https://arxiv.org/abs/2407.01082">Nguyen et al. 2024, Turning Up the Heat: Min-p Sampling for Creative and
 *     Coherent LLM Outputs</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class MinPProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MinPProvider() {}

  @Override public String name() {
    return "min-p";
  }

  @Override public String summary() {
    return "drops tokens less probable than a share of the most probable; 0: none";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("p", 0, 1, "the share").or(0.05));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new MinP(-StrictMath.log(parameters.number("p")));
  }
}
