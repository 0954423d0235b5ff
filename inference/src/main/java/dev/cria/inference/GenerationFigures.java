package dev.cria.inference;

/**
 * How a generation went, pauses between its runs left out.
 *
 * @param promptTokens tokens of the prompt that were run, the beginning-of-text token included
 * @param promptNanos from the start until the first token could be drawn, or until the end if none was
 * @param generatedTokens tokens that were drawn, a stop token included
 * @param generationNanos from the first token drawn to the last
 * @param llama2cTokensPerSecond as llama2.c reckons: positions but the first, over the time since the first token was told.
 *     A prompt that is run in batches has no time of its own for the first position, so there the whole time counts
 */
public record GenerationFigures(
    int promptTokens, long promptNanos, int generatedTokens, long generationNanos, double llama2cTokensPerSecond) {

  /** Tokens of the prompt per second. */
  public double promptTokensPerSecond() {
    return perSecond(promptTokens, promptNanos);
  }

  /** Tokens drawn per second, the first left out: the prompt paid for it. */
  public double generationTokensPerSecond() {
    return perSecond(generatedTokens - 1, generationNanos);
  }

  static double perSecond(int count, long nanos) {
    return count <= 0 || nanos <= 0 ? 0 : count * 1e9 / nanos;
  }
}
