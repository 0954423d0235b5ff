package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code top-n-sigma}: drops candidates whose logit is more than {@code n} standard deviations of the logits below the
 * greatest. The deviation is that of all candidates that are possible. The others stay in their order; an {@code n} of 0 keeps
 * all. Before {@code temperature} it keeps the same candidates whatever the temperature.
 *
 * @see <a href="https://arxiv.org/abs/2411.07641">Tang et al. 2024, Top-nσ: Not All Logits Are You Need</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TopNSigmaProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TopNSigmaProvider() {}

  @Override public String name() {
    return "top-n-sigma";
  }

  @Override public String summary() {
    return "drops logits more than n standard deviations below the greatest; 0: none";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("n", 0, 1000, "how many deviations"));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new TopNSigma(parameters.number("n"));
  }
}
