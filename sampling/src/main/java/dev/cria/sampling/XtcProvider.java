package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code xtc}, "exclude top choices": with a {@code probability}, drops all candidates that have at least a
 * {@code threshold} of the probability, except the least probable of them, so that something sensible is left. The others stay in
 * their order. Where two candidates or more meet it, one random float is taken, if the probability is above 0 and the threshold at
 * most 0.5, above which there is never anything to drop.
 *
 * @see <a href="https://github.com/oobabooga/text-generation-webui/pull/6335">Weidmann (p-e-w) 2024, Exclude Top Choices (XTC)</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class XtcProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public XtcProvider() {}

  @Override public String name() {
    return "xtc";
  }

  @Override public String summary() {
    return "now and then drops the most probable tokens but one";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("probability", 0, 1, "how often; 0: never"),
        SamplerParameter.real("threshold", 0, 1, "least probability of what is dropped").or(0.1));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Xtc(parameters.number("probability"), parameters.number("threshold"));
  }
}
