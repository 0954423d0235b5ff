package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code mirostat}, version 2: draws among the candidates whose surprise, −log₂ p, does not exceed a limit, or takes the most
 * probable if there are none; one random float for a token. After each draw, the limit falls by {@code eta} times how much more
 * surprising the token was than {@code tau}, so that the text is as surprising as asked. The limit begins at 2 · {@code tau}.
 *
 * @see <a href="https://arxiv.org/abs/2007.14966">Basu et al. 2020, Mirostat: A Neural Text Decoding Algorithm that Directly Controls
 *     Perplexity</a>
 * @since 0.1
 */
@AutoService(SamplerDrawProvider.class)
public final class MirostatProvider implements SamplerDrawProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MirostatProvider() {}

  @Override public String name() {
    return "mirostat";
  }

  @Override public String summary() {
    return "draws so that the text is as surprising as asked (version 2)";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("tau", 0, 100, "surprise wanted, in bits").or(5),
        SamplerParameter.real("eta", 0, 1, "how fast it adapts").or(0.1));
  }

  @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Mirostat(parameters.number("tau"), parameters.number("eta"));
  }
}
