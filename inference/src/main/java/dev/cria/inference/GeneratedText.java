package dev.cria.inference;

import dev.cria.sampling.LogProbabilities;
import java.util.List;

/**
 * A generated text.
 *
 * @param text the prompt and its continuation
 * @param reason why it ended
 * @param figures how it went
 * @param tokens how probable each token was that was drawn, stop token and stop string left out; empty if that was not asked for
 */
public record GeneratedText(String text, StopReason reason, GenerationFigures figures, List<LogProbabilities> tokens) {

  /** Copies the list. */
  public GeneratedText {
    tokens = List.copyOf(tokens);
  }
}
