package dev.cria.sampling;

import dev.cria.api.Availability;
import dev.cria.api.Provider;
import dev.cria.api.Providers;
import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes samplers.
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
    var parameters = SamplerParameters.of(Llama2cProvider.TEMPERATURE, temperature, Llama2cProvider.TOP_P, topP);
    return new SamplerChain(vocabSize, List.of(), new Llama2cProvider().create(parameters), new XorShift64Star(seed));
  }

  /** Always the most likely token, of several the one of the lowest id. */
  public static Sampler greedy(int vocabSize) {
    return new SamplerChain(vocabSize, List.of(), new Greedy(), new XorShift64Star(1));
  }

  /**
   * Steps in the order given, then a draw, as found on the class path.
   *
   * @param vocabSize how many logits there are
   * @param random copied
   * @throws IllegalArgumentException if there is no step or draw of a name, it cannot run here, or it refuses its parameters
   */
  public static Sampler compose(int vocabSize, List<SamplerPart> steps, SamplerPart draw, XorShift64Star random) {
    ClassLoader loader = Samplers.class.getClassLoader();
    return compose(vocabSize, steps, Providers.load("sampler step", SamplerStepProvider.class, loader), draw,
        Providers.load("sampler draw", SamplerDrawProvider.class, loader), random);
  }

  /**
   * Steps in the order given, then a draw, of providers that the caller found.
   *
   * @see #compose(int, List, SamplerPart, XorShift64Star)
   */
  public static Sampler compose(int vocabSize, List<SamplerPart> steps, Providers<SamplerStepProvider> stepProviders,
      SamplerPart draw, Providers<SamplerDrawProvider> drawProviders, XorShift64Star random) {
    List<SamplerStep> made = new ArrayList<>();
    for (SamplerPart step : steps) {
      made.add(available("Sampler step", stepProviders.named(step.name())).create(step.parameters()));
    }
    SamplerDrawProvider drawProvider = available("Sampler draw", drawProviders.named(draw.name()));
    return new SamplerChain(vocabSize, made, drawProvider.create(draw.parameters()), random.copy());
  }

  private static <T extends Provider> T available(String kind, T provider) {
    Availability availability = provider.availability();
    if (!availability.isAvailable()) {
      throw new IllegalArgumentException(
          kind + " '" + provider.name() + "' cannot run here: " + availability.reason().orElse(""));
    }
    return provider;
  }
}
