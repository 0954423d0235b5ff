package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Now and then drops all candidates that are probable enough, but for the least probable of them. */
final class Xtc implements SamplerStep {

  private static final double NEVER_TWO = 0.5; // no two candidates can have more

  private final double probability;
  private final double threshold;
  private final Distribution distribution = new Distribution();

  Xtc(double probability, double threshold) {
    this.probability = probability;
    this.threshold = threshold;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    Maximum.place(candidates); // refuses what is no distribution, whatever chance says
    if (probability == 0 || threshold > NEVER_TWO || candidates.size() < 2) {
      return;
    }
    if (context.random().nextFloat() < probability) {
      distribution.of(candidates);
      dropAllBut(candidates, leastOfTheProbable(candidates));
    }
  }

  @Override public SamplerStep copy() {
    return new Xtc(probability, threshold);
  }

  /** The place of the least probable candidate of those that reach the threshold, the last of equals; −1 if none does. */
  private int leastOfTheProbable(Candidates candidates) {
    int least = -1;
    for (int i = 0; i < candidates.size(); i++) {
      if (distribution.probability(i) >= threshold
          && (least < 0 || distribution.weight(i) <= distribution.weight(least))) {
        least = i;
      }
    }
    return least;
  }

  private void dropAllBut(Candidates candidates, int exception) {
    int kept = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (i == exception || distribution.probability(i) < threshold) {
        candidates.ids()[kept] = candidates.ids()[i];
        candidates.logits()[kept++] = candidates.logits()[i];
      }
    }
    candidates.shorten(kept);
  }
}
