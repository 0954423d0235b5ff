package dev.cria.inference;

import java.util.List;
import java.util.OptionalInt;

/**
 * How answers are given. Immutable; each method gives a changed copy.
 *
 * @param maxTokens tokens of an answer at most; 0 for as many as the context holds
 * @param stopStrings an answer ends before the first of them
 * @param logProbabilities how many of the most probable tokens are told with each token; empty to tell nothing of the kind
 */
public record ChatOptions(int maxTokens, List<String> stopStrings, OptionalInt logProbabilities) {

  /** Answers as long as they come. */
  public static final ChatOptions DEFAULT = new ChatOptions(0, List.of(), OptionalInt.empty());

  /** Checks each value. */
  public ChatOptions {
    if (maxTokens < 0) {
      throw new IllegalArgumentException("maxTokens must not be negative, got " + maxTokens);
    }
    stopStrings = GenerationRequest.checkedStopStrings(stopStrings);
    GenerationRequest.checkLogProbabilities(logProbabilities);
  }

  /** With another limit. */
  public ChatOptions maxTokens(int value) {
    return new ChatOptions(value, stopStrings, logProbabilities);
  }

  /** With other stop strings. */
  public ChatOptions stopStrings(List<String> values) {
    return new ChatOptions(maxTokens, values, logProbabilities);
  }

  /** With the probability of each token, and that many of the most probable ones. */
  public ChatOptions logProbabilities(int top) {
    return new ChatOptions(maxTokens, stopStrings, OptionalInt.of(top));
  }
}
