package dev.cria.cli;

import java.util.Optional;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 or more
 * @param topP in [0, 1]; 0 and 1 mean all tokens
 * @param sampler what chooses in place of both, as it was written
 * @param givenSeed not 0; empty to take one from the clock
 */
record SamplingChoice(float temperature, float topP, Optional<String> sampler, Optional<Long> givenSeed) {

  /** Whether chance may play a part. */
  boolean draws() {
    return temperature > 0 || sampler.isPresent();
  }
}
