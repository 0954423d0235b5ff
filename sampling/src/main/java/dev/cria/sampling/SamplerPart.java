package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;

/**
 * A step or draw as one asks for it.
 *
 * @param name that of its provider: {@code top-p}
 * @param parameters its numbers
 * @since 0.1
 */
public record SamplerPart(String name, SamplerParameters parameters) {

  /** One without parameters. */
  public static SamplerPart of(String name) {
    return new SamplerPart(name, SamplerParameters.none());
  }

  /** One with a single parameter. */
  public static SamplerPart of(String name, String parameter, double value) {
    return new SamplerPart(name, SamplerParameters.of(parameter, value));
  }
}
