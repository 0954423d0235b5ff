package dev.cria.inference;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to generate: the prompt, and how tokens are chosen. Immutable; each method gives a changed copy.
 *
 * @param prompt the text to continue; may be empty
 * @param choice how tokens are chosen
 * @param maxPositions tokens at most, prompt included; 0 for as many as the context holds
 * @param stopStrings the text ends before the first of them
 * @param logProbabilities how many of the most probable tokens are told with each token; empty to tell nothing of the kind
 */
public record GenerationRequest(String prompt, Choice choice, int maxPositions, List<String> stopStrings,
    OptionalInt logProbabilities) {

  /**
   * How tokens are chosen.
   *
   * @param temperature 0 takes the likeliest token; 1 is as the model says; not negative
   * @param topP chooses among the likeliest tokens whose probabilities make up this much; 0 and 1 mean all
   * @param sampler what chooses in place of temperature and topP, as {@code --sampler} has it: {@code top-k=40,temperature=0.8}
   * @param seed of the generator, not 0; the same seed gives the same text
   */
  public record Choice(float temperature, float topP, Optional<String> sampler, long seed) {

    /** Checks each value. */
    public Choice {
      if (!(temperature >= 0) || temperature == Float.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("temperature must be a number from 0 on, got " + temperature);
      }
      if (!(topP >= 0 && topP <= 1)) {
        throw new IllegalArgumentException("topP must be in [0, 1], got " + topP);
      }
      if (seed == 0) {
        throw new IllegalArgumentException("seed must not be 0");
      }
    }
  }

  /** Checks each value. */
  public GenerationRequest {
    Objects.requireNonNull(prompt, "prompt is null");
    if (maxPositions < 0) {
      throw new IllegalArgumentException("maxPositions must not be negative, got " + maxPositions);
    }
    stopStrings = checkedStopStrings(stopStrings);
    checkLogProbabilities(logProbabilities);
  }

  /** The likeliest continuation of a prompt, as far as the context goes. */
  public static GenerationRequest of(String prompt) {
    return new GenerationRequest(prompt, new Choice(0f, 0.9f, Optional.empty(), 1), 0, List.of(), OptionalInt.empty());
  }

  /** With another temperature. */
  public GenerationRequest temperature(double value) {
    return with(new Choice((float) value, choice.topP, choice.sampler, choice.seed));
  }

  /** With another topP. */
  public GenerationRequest topP(double value) {
    return with(new Choice(choice.temperature, (float) value, choice.sampler, choice.seed));
  }

  /** With a sampler that chooses in place of temperature and topP: {@code llama.cpp}, or {@code top-k=40,temperature=0.8}. */
  public GenerationRequest sampler(String text) {
    return with(new Choice(choice.temperature, choice.topP, Optional.of(text), choice.seed));
  }

  /** With another seed. */
  public GenerationRequest seed(long value) {
    return with(new Choice(choice.temperature, choice.topP, choice.sampler, value));
  }

  /** With another limit. */
  public GenerationRequest maxPositions(int value) {
    return new GenerationRequest(prompt, choice, value, stopStrings, logProbabilities);
  }

  /** With other stop strings. */
  public GenerationRequest stopStrings(String... values) {
    return new GenerationRequest(prompt, choice, maxPositions, List.of(values), logProbabilities);
  }

  /** With the probability of each token, and that many of the most probable ones. */
  public GenerationRequest logProbabilities(int top) {
    return new GenerationRequest(prompt, choice, maxPositions, stopStrings, OptionalInt.of(top));
  }

  static List<String> checkedStopStrings(List<String> strings) {
    if (strings.contains("")) {
      throw new IllegalArgumentException("a stop string must not be empty: it would end every text at once");
    }
    return List.copyOf(strings);
  }

  static void checkLogProbabilities(OptionalInt top) {
    if (top.isPresent() && top.getAsInt() < 0) {
      throw new IllegalArgumentException("logProbabilities must not be negative, got " + top.getAsInt());
    }
  }

  private GenerationRequest with(Choice other) {
    return new GenerationRequest(prompt, other, maxPositions, stopStrings, logProbabilities);
  }
}
