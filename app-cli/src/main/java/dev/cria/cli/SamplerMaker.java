package dev.cria.cli;

import dev.cria.api.UnknownProviderException;
import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.sampling.SamplerPlan;
import dev.cria.sampling.SamplerProviders;
import dev.cria.sampling.Samplers;
import dev.cria.sampling.XorShift64Star;

/** Makes the sampler that the command line asks for; providers are looked for only if it names any. */
interface SamplerMaker {

  /**
   * Makes it.
   *
   * @throws UsageException if it does not fit the vocabulary
   */
  Sampler make(SamplerVocabulary vocabulary, long seed);

  /**
   * What was chosen.
   *
   * @throws UsageException if {@code --sampler} is written wrongly
   */
  static SamplerMaker of(SamplingChoice choice) {
    if (choice.sampler().isEmpty()) {
      return (vocabulary, seed) -> Samplers.llama2c(vocabulary.size(), choice.temperature(), choice.topP(), seed);
    }
    SamplerProviders providers = SamplerProviders.of(PluginClassLoader.get());
    try {
      SamplerPlan plan = providers.plan(choice.sampler().get());
      return (vocabulary, seed) -> make(providers, plan, vocabulary, seed);
    } catch (UnknownProviderException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private static Sampler make(SamplerProviders providers, SamplerPlan plan, SamplerVocabulary vocabulary, long seed) {
    try {
      return providers.create(plan, vocabulary, new XorShift64Star(seed));
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private static UsageException wrong(IllegalArgumentException e) {
    return new UsageException("--sampler: " + e.getMessage() + ". 'cria samplers' lists what there is.");
  }
}
