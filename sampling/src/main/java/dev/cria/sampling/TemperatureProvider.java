package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Offers {@code temperature}: divides every logit. Below 1 likely tokens become likelier, above 1 all become more alike; 0 keeps
 * the first of the greatest logits alone.
 *
 * <p>With a {@code range} above 0 the temperature is dynamic: between {@code temperature − range}, but not below 0, where the model is
 * sure, and {@code temperature + range}, where it is not. In between it goes with the entropy of the candidates, as a share of
 * the greatest that so many could have, to the power of {@code exponent}.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/pull/4972">kalomaze 2024, Dynamic Temperature: entropy-based sampling</a>
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TemperatureProvider implements SamplerStepProvider {

  static final double MOST = 1_000_000;

  /** For {@link java.util.ServiceLoader}. */
  public TemperatureProvider() {}

  @Override public String name() {
    return "temperature";
  }

  @Override public String summary() {
    return "divides logits: below 1 for likelier text, above for bolder; 0: the likeliest";
  }

  @Override public List<SamplerParameter> parameters() {
    return List.of(SamplerParameter.real("temperature", 0, MOST, "the divisor").or(0.8),
        SamplerParameter.real("range", 0, MOST, "more or less of it, by how unsure the model is").or(0),
        SamplerParameter.real("exponent", 0, 100, "bends the way from less to more").or(1));
  }

  @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
    double temperature = parameters.number("temperature");
    double range = parameters.number("range");
    if (temperature > 0 && (float) temperature == 0) {
      throw new IllegalArgumentException(
          "temperature must be 0 or above 0 as a float, got " + temperature + "; 0 takes the most likely token");
    }
    return range == 0
        ? new Temperature((float) temperature)
        : new DynamicTemperature(Math.max(0, temperature - range), temperature + range, parameters.number("exponent"));
  }
}
