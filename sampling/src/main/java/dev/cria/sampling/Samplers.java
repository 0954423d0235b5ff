package dev.cria.sampling;

import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/**
 * Makes the samplers that need no search for providers; {@link SamplerProviders} makes all others.
 *
 * @since 0.1
 */
public final class Samplers {

  private Samplers() {}

  /**
   * llama2.c's sampler: the same logits and seed give the same tokens as there.
   *
   * @param vocabSize how many logits there are
   * @param temperature 0 takes the most likely token; the higher, the more is left to chance
   * @param topP the share of probability to choose from, in [0, 1]; 0 and 1 mean all of it
   * @param seed any number but 0
   * @throws IllegalArgumentException if one is out of range; the message says which
   */
  public static Sampler llama2c(int vocabSize, double temperature, double topP, long seed) {
    Llama2cProvider provider = new Llama2cProvider();
    var parameters = provider.check(
        SamplerParameters.of(Llama2cProvider.TEMPERATURE, temperature, Llama2cProvider.TOP_P, topP));
    return new SamplerChain(vocabSize, List.of(), provider.create(parameters, SamplerVocabulary.ofSize(vocabSize)),
        new XorShift64Star(seed));
  }

  /** Always the most likely token, of several the one of the lowest id. */
  public static Sampler greedy(int vocabSize) {
    return new SamplerChain(vocabSize, List.of(), new Greedy(), new XorShift64Star(1));
  }
}
