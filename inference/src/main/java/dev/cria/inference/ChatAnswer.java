package dev.cria.inference;

import dev.cria.sampling.LogProbabilities;
import java.util.List;

/**
 * An answer.
 *
 * @param text what was answered, as far as it came
 * @param reason why it ended
 * @param usage what it took
 * @param figures how it went: of the prompt, only the tokens that were computed count
 * @param tokens how probable each token was; empty if that was not asked for
 */
public record ChatAnswer(String text, StopReason reason, Usage usage, GenerationFigures figures,
    List<LogProbabilities> tokens) {

  /** Copies the list. */
  public ChatAnswer {
    tokens = List.copyOf(tokens);
  }

  /**
   * What an answer took.
   *
   * @param promptTokens tokens that the model was given, those in the cache included
   * @param reusedTokens how many of them were in the cache
   * @param answerTokens tokens that were drawn, the one that ended the answer included
   * @param forgottenTurns how many more turns than before the model no longer sees
   * @param contextFull whether the answer ended since the context did
   */
  public record Usage(int promptTokens, int reusedTokens, int answerTokens, int forgottenTurns, boolean contextFull) {
  }
}
