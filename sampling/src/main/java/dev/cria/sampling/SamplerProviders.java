package dev.cria.sampling;

import dev.cria.api.Provider;
import dev.cria.api.Providers;
import dev.cria.api.UnknownProviderException;
import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerProvider;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The steps and draws that there are, and how samplers are made of them.
 *
 * @since 0.1
 */
public final class SamplerProviders {

  private final Providers<SamplerStepProvider> steps;
  private final Providers<SamplerDrawProvider> draws;

  /** Those providers. */
  public SamplerProviders(Providers<SamplerStepProvider> steps, Providers<SamplerDrawProvider> draws) {
    this.steps = steps;
    this.draws = draws;
  }

  /** All that a class loader sees. */
  public static SamplerProviders of(ClassLoader loader) {
    return new SamplerProviders(Providers.load("sampler step", SamplerStepProvider.class, loader),
        Providers.load("sampler draw", SamplerDrawProvider.class, loader));
  }

  /** What can be a step. */
  public Providers<SamplerStepProvider> steps() {
    return steps;
  }

  /** What can be the draw. */
  public Providers<SamplerDrawProvider> draws() {
    return draws;
  }

  /**
   * Reads a sampler as users write it: {@code top-k=40,min-p=0.05,temperature=0.8}.
   *
   * <p>Parts are separated by commas. A part is a name, the value of its first parameter, and others by name:
   * {@code dry=0.8:base=2:breaker=\n}. Steps work in the order in which they are written. The last part may be a draw; without one
   * each candidate is drawn with its probability. In values a backslash stands before a comma, a colon or a backslash, and
   * {@code \n} and {@code \t} are line breaks and tabs.
   *
   * <p>The first part may be a {@linkplain SamplerPreset preset}; the parts after it then change the parameters of its steps where
   * they are, or replace its draw.
   *
   * @throws IllegalArgumentException if it is written wrongly, a name is unknown, or a provider refuses what is said of it
   */
  public SamplerPlan plan(String text) {
    List<SamplerText.Part> parts = new ArrayList<>(SamplerText.parts(text));
    Optional<SamplerPreset> preset = SamplerPreset.named(parts.getFirst().name());
    preset.ifPresent(found -> requireAlone(parts.removeFirst()));
    SamplerPlan base = preset.map(found -> plan(found.text())).orElseGet(SamplerPlan::of);
    Map<String, SamplerPart> made = new LinkedHashMap<>();
    base.steps().forEach(step -> made.put(step.name(), step));
    SamplerPart draw = base.draw();
    for (int i = 0; i < parts.size(); i++) {
      SamplerPart part = check(parts.get(i));
      if (!has(steps, part.name())) {
        requireLast(parts, i);
        draw = part;
      } else if (preset.isPresent()) {
        made.put(part.name(), changed(made, part, preset.get()));
      } else if (made.put(part.name(), part) != null) {
        throw new IllegalArgumentException("the step " + part.name() + " is there twice; keep one");
      }
    }
    return new SamplerPlan(List.copyOf(made.values()), draw);
  }

  /**
   * Makes a sampler.
   *
   * @param random copied
   * @throws IllegalArgumentException if a name is unknown, what it stands for cannot run here, or refuses its parameters
   */
  public Sampler create(SamplerPlan plan, SamplerVocabulary vocabulary, XorShift64Star random) {
    List<SamplerStep> made = new ArrayList<>();
    for (SamplerPart step : plan.steps()) {
      SamplerStepProvider provider = available(steps.named(step.name()));
      made.add(provider.create(provider.check(step.parameters()), vocabulary));
    }
    SamplerDrawProvider provider = available(draws.named(plan.draw().name()));
    SamplerDraw draw = provider.create(provider.check(plan.draw().parameters()), vocabulary);
    return new SamplerChain(vocabulary.size(), made, draw, random.copy());
  }

  private SamplerPart check(SamplerText.Part part) {
    SamplerProvider provider = available(provider(part.name()));
    SamplerParameters parameters = part.others();
    if (part.value().isPresent()) {
      if (provider.parameters().isEmpty()) {
        throw new IllegalArgumentException(part.name() + " takes no parameters, got '" + part.value().get() + "'");
      }
      parameters = parameters.and(provider.parameters().getFirst().name(), part.value().get());
    }
    provider.check(parameters);
    return new SamplerPart(part.name(), parameters);
  }

  private SamplerProvider provider(String name) {
    if (has(steps, name)) {
      return steps.named(name);
    }
    if (has(draws, name)) {
      return draws.named(name);
    }
    throw new UnknownProviderException("sampler", name, Stream.concat(
        SamplerPreset.all().stream().map(SamplerPreset::name), Stream.concat(names(steps), names(draws))).sorted()
        .toList());
  }

  private static SamplerPart changed(Map<String, SamplerPart> made, SamplerPart part, SamplerPreset preset) {
    SamplerPart old = made.get(part.name());
    if (old == null) {
      throw new IllegalArgumentException(preset.name() + " has no step " + part.name() + ", so it has no place for it;"
          + " write all steps in the order that you want, in place of " + preset.name());
    }
    return new SamplerPart(part.name(), old.parameters().replacedBy(part.parameters()));
  }

  private static void requireAlone(SamplerText.Part preset) {
    if (preset.value().isPresent() || !preset.others().values().isEmpty()) {
      throw new IllegalArgumentException(preset.name() + " takes no parameters; name its steps after it, as in "
          + preset.name() + ",top-k=20");
    }
  }

  private static void requireLast(List<SamplerText.Part> parts, int index) {
    if (index < parts.size() - 1) {
      throw new IllegalArgumentException(parts.get(index).name() + " draws the token, so it must come last; "
          + parts.get(index + 1).name() + " after it would do nothing");
    }
  }

  private static <T extends Provider> T available(T provider) {
    provider.availability().reason().ifPresent(reason -> {
      throw new IllegalArgumentException("sampler '" + provider.name() + "' cannot run here: " + reason);
    });
    return provider;
  }

  private static boolean has(Providers<?> providers, String name) {
    return names(providers).anyMatch(name::equals);
  }

  private static Stream<String> names(Providers<?> providers) {
    return providers.found().stream().map(found -> found.provider().name());
  }
}
