package dev.cria.inference;

import dev.cria.api.sampling.Sampler;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.util.ArrayDeque;
import java.util.Queue;

/** Draws the tokens that it was told to, whatever the model says. */
final class ScriptedSampler implements Sampler {

  private final Queue<Integer> tokens = new ArrayDeque<>();

  /** Then says a text, and ends with a token unless that is negative. */
  ScriptedSampler says(Tokenizer tokenizer, String text, int end) {
    for (int token : tokenizer.encode(text, EncodeOptions.TEXT.withAfter(EncodeOptions.After.TEXT))) {
      tokens.add(token);
    }
    if (end >= 0) {
      tokens.add(end);
    }
    return this;
  }

  @Override public int sample(float[] logits, int offset) {
    return tokens.remove();
  }

  @Override public void accept(int token) {
    // knows what comes
  }

  @Override public void reset() {
    // goes on
  }

  @Override public Sampler copy() {
    throw new UnsupportedOperationException("used once");
  }
}
