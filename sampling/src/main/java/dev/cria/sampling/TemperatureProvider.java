package dev.cria.sampling;

import com.google.auto.service.AutoService;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import java.util.Set;

/**
 * Offers {@code temperature}: divides every logit. Below 1 likely tokens become likelier, above 1 all become more alike.
 *
 * <p>Parameter {@code temperature}, above 0 and at most 1,000,000.
 *
 * @since 0.1
 */
@AutoService(SamplerStepProvider.class)
public final class TemperatureProvider implements SamplerStepProvider {

  static final double MOST = 1_000_000;
  private static final String TEMPERATURE = "temperature";

  /** For {@link java.util.ServiceLoader}. */
  public TemperatureProvider() {}

  @Override public String name() {
    return "temperature";
  }

  @Override public SamplerStep create(SamplerParameters parameters) {
    parameters.onlyKnown(name(), Set.of(TEMPERATURE));
    float temperature = (float) parameters.in(TEMPERATURE, 0, MOST);
    if (temperature == 0) {
      throw new IllegalArgumentException(
          "temperature must be above 0 as a float, got 0; the draw 'greedy' takes the most likely token");
    }
    return new Temperature(temperature);
  }
}
