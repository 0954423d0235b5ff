package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Lowers the logits of tokens that came lately. */
final class Penalties implements SamplerStep {

  private final float repeat;
  private final float presence;
  private final float frequency;
  private final int lastTokens;
  private final int[] counts; // (vocabSize,), 0 but while it works

  /**
   * Creates one.
   *
   * @param repeat positive logits are divided by it, others multiplied; 1 changes nothing
   * @param presence is subtracted once
   * @param frequency is subtracted for each time
   * @param lastTokens how many tokens count; −1 for all
   */
  Penalties(float repeat, float presence, float frequency, int lastTokens, int vocabSize) {
    this.repeat = repeat;
    this.presence = presence;
    this.frequency = frequency;
    this.lastTokens = lastTokens;
    this.counts = new int[vocabSize];
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    if (repeat == 1 && presence == 0 && frequency == 0) {
      return;
    }
    int end = context.position();
    int begin = lastTokens < 0 ? 0 : Math.max(0, end - lastTokens);
    for (int position = begin; position < end; position++) {
      counts[context.token(position)]++;
    }
    float[] logits = candidates.logits();
    for (int i = 0; i < candidates.size(); i++) {
      int count = counts[candidates.ids()[i]];
      if (count > 0) {
        float repeated = logits[i] <= 0 ? logits[i] * repeat : logits[i] / repeat;
        logits[i] = repeated - (count * frequency + presence);
      }
    }
    for (int position = begin; position < end; position++) {
      counts[context.token(position)] = 0;
    }
  }

  @Override public SamplerStep copy() {
    return new Penalties(repeat, presence, frequency, lastTokens, counts.length);
  }
}
