package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code top-k}: keeps the {@code k} most probable candidates, the most probable first, of equals the earlier. A
 * {@code k} of 0 keeps all, in their order.
 *
 * @see <a href="https://arxiv.org/abs/1805.04833">Fan et al. 2018, Hierarchical Neural Story Generation</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TopKProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TopKProvider() {}

  @Override public String name() {
    return "top-k";
  }

  @Override public String summary() {
    return "keeps the k most probable tokens; 0: all";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.whole("k", 0, Integer.MAX_VALUE, "how many").or(40));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new TopK((int) parameters.number("k"));
  }
}
