package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code penalties}: lowers the logits of tokens that are among the last {@code last-n}, prompt included; −1 means all, and 0
 * none. First {@code repeat}: a positive logit is divided by it, any other multiplied, since to divide that would raise it. Then
 * {@code presence} is subtracted once, and {@code frequency} for each time that the token came.
 *
 * @see <a href="https://arxiv.org/abs/1909.05858">Keskar et al. 2019, CTRL: A Conditional Transformer Language Model for
 *     Controllable Generation (repeat)</a>
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">OpenAI's API (presence and frequency)</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class PenaltiesProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PenaltiesProvider() {}

  @Override public String name() {
    return "penalties";
  }

  @Override public String summary() {
    return "lowers tokens that came lately";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("repeat", 0.001, 1000, "divides; 1: nothing").or(1),
        SamplerParameter.real("presence", -1000, 1000, "subtracted once").or(0),
        SamplerParameter.real("frequency", -1000, 1000, "subtracted for each time").or(0),
        SamplerParameter.whole("last-n", -1, Integer.MAX_VALUE, "how many tokens back; -1: all").or(64));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Penalties((float) parameters.number("repeat"), (float) parameters.number("presence"),
        (float) parameters.number("frequency"), (int) parameters.number("last-n"), vocabulary.size());
  }
}
