package dev.cria.api.sampling;

import dev.cria.api.Provider;
import java.util.List;

/**
 * What providers of steps and of draws have in common: they say what they offer, and what it takes.
 *
 * @since 0.1
 */
public interface SamplerProvider extends Provider {

  /** What it does, in one line for a list: no line break, no full stop. */
  String summary();

  /**
   * What can be said of it; the first is the one that users write after the name, as in {@code top-k=40}.
   *
   * @return never null, always the same; names are unique
   */
  List<SamplerParameter> parameters();

  /**
   * Completes what a user gave by what is declared. Whoever creates a step or draw does this first.
   *
   * @throws IllegalArgumentException if a parameter is missing, unknown or out of range; the message says which and why
   */
  default SamplerParameters check(SamplerParameters given) {
    return given.checked(name(), parameters());
  }
}
