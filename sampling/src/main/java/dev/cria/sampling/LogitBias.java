package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Adds to the logits of some tokens. */
final class LogitBias implements SamplerStep {

  private final int[] tokens;
  private final float[] biases; // (tokens.length,)

  /** Takes over what it is given. */
  LogitBias(int[] tokens, float[] biases) {
    this.tokens = tokens;
    this.biases = biases;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    for (int i = 0; i < tokens.length; i++) {
      int place = place(candidates, tokens[i]);
      if (place >= 0) {
        candidates.logits()[place] += biases[i];
      }
    }
  }

  /** Where a token is, or −1; at the beginning of a chain each is at its id. */
  private static int place(Candidates candidates, int token) {
    int size = candidates.size();
    if (token < size && candidates.ids()[token] == token) {
      return token;
    }
    for (int i = 0; i < size; i++) {
      if (candidates.ids()[i] == token) {
        return i;
      }
    }
    return -1;
  }
}
