package dev.cria.api.sampling;

import dev.cria.api.Provider;

/**
 * Offers one kind of {@link SamplerDraw} by name.
 *
 * @since 0.1
 */
public interface SamplerDrawProvider extends Provider {

  /**
   * Creates a draw.
   *
   * @throws IllegalArgumentException if a parameter is missing, unknown or out of range; the message says which and why
   */
  SamplerDraw create(SamplerParameters parameters);
}
