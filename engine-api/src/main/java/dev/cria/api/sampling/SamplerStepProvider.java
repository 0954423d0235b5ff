package dev.cria.api.sampling;

import dev.cria.api.Provider;

/**
 * Offers one kind of {@link SamplerStep} by name.
 *
 * @since 0.1
 */
public interface SamplerStepProvider extends Provider {

  /**
   * Creates a step.
   *
   * @throws IllegalArgumentException if a parameter is missing, unknown or out of range; the message says which and why
   */
  SamplerStep create(SamplerParameters parameters);
}
