package dev.cria.sampling;

import java.util.List;

/**
 * A sampler as one asks for it.
 *
 * @param steps in their order
 * @param draw what comes after them
 * @since 0.1
 */
public record SamplerPlan(List<SamplerPart> steps, SamplerPart draw) {

  /** Copies the list. */
  public SamplerPlan {
    steps = List.copyOf(steps);
  }

  /** Steps, then a draw of each candidate with its probability. */
  public static SamplerPlan of(SamplerPart... steps) {
    return new SamplerPlan(List.of(steps), SamplerPart.of("multinomial"));
  }
}
