package dev.cria.inference;

import java.util.Objects;

/**
 * What to generate: the prompt, and how tokens are chosen. Immutable; each method gives a changed copy.
 *
 * @param prompt the text to continue; may be empty
 * @param temperature 0 takes the likeliest token; 1 is as the model says; not negative
 * @param topP chooses among the likeliest tokens whose probabilities make up this much; 0 and 1 mean all
 * @param seed of the generator, not 0; the same seed gives the same text
 * @param maxPositions tokens at most, prompt included; 0 for as many as the context holds
 */
public record GenerationRequest(String prompt, float temperature, float topP, long seed, int maxPositions) {

  /** Checks each value. */
  public GenerationRequest {
    Objects.requireNonNull(prompt, "prompt is null");
    if (!(temperature >= 0) || temperature == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("temperature must be a number from 0 on, got " + temperature);
    }
    if (!(topP >= 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be in [0, 1], got " + topP);
    }
    if (seed == 0) {
      throw new IllegalArgumentException("seed must not be 0");
    }
    if (maxPositions < 0) {
      throw new IllegalArgumentException("maxPositions must not be negative, got " + maxPositions);
    }
  }

  /** The likeliest continuation of a prompt, as far as the context goes. */
  public static GenerationRequest of(String prompt) {
    return new GenerationRequest(prompt, 0f, 0.9f, 1, 0);
  }

  /** With another temperature. */
  public GenerationRequest temperature(double value) {
    return new GenerationRequest(prompt, (float) value, topP, seed, maxPositions);
  }

  /** With another topP. */
  public GenerationRequest topP(double value) {
    return new GenerationRequest(prompt, temperature, (float) value, seed, maxPositions);
  }

  /** With another seed. */
  public GenerationRequest seed(long value) {
    return new GenerationRequest(prompt, temperature, topP, value, maxPositions);
  }

  /** With another limit. */
  public GenerationRequest maxPositions(int value) {
    return new GenerationRequest(prompt, temperature, topP, seed, value);
  }
}
