package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code dry}, "don't repeat yourself": where the end of the text stood before, among the last {@code last-n} tokens (−1:
 * all), the token that followed there would go on with the repetition. If that is at least {@code allowed-length} tokens long, the
 * logit of that token is lowered by {@code multiplier · base^(length − allowed-length)}, of several lengths by the greatest.
 *
 * <p>Repetition does not count over a {@code breaker}, a text that separates what may well be alike: it is sought in what the tokens
 * spell, within one or across several. A token that by itself has a breaker in it is never lowered.
 *
 * @see <a href="https://github.com/oobabooga/text-generation-webui/pull/5677">Weidmann (p-e-w) 2024, DRY: a modern repetition
 *     penalty that reliably prevents looping</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class DryProvider implements SamplerStepProvider {

  /** For {@link java.util.ServiceLoader}. */
  public DryProvider() {}

  @Override public String name() {
    return "dry";
  }

  @Override public String summary() {
    return "lowers tokens that would go on with a repetition";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("multiplier", 0, 1e6, "the least penalty; 0: none"),
        SamplerParameter.real("base", 1, 1000, "grows the penalty with each token").or(1.75),
        SamplerParameter.whole("allowed-length", 1, Integer.MAX_VALUE, "shorter repetitions are free").or(2),
        SamplerParameter.whole("last-n", -1, Integer.MAX_VALUE, "how many tokens back; -1: all").or(64),
        SamplerParameter.texts("breaker", "text over which repetition does not count").or("\n", ":", "\"", "*"));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    return new Dry(
        new Dry.Settings(parameters.number("multiplier"), parameters.number("base"),
            (int) parameters.number("allowed-length"), (int) parameters.number("last-n")),
        parameters.texts("breaker"), vocabulary);
  }
}
