package dev.cria.api.sampling;

import java.util.random.RandomGenerator;

/**
 * What a step or draw may know besides the candidates.
 *
 * @since 0.1
 */
public interface SamplingContext {

  /** The only source of randomness; the same seed gives the same tokens. */
  RandomGenerator random();

  /** The position for which a token is chosen, from 0. */
  int position();

  /** The token at an earlier position, prompt included; {@code position} in {@code [0, position())}. */
  int token(int position);
}
