package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Keeps the fewest candidates that together exceed a share, beginning with those about as surprising as is to be expected. */
final class Typical implements SamplerStep {

  private final double share;
  private final Distribution distribution = new Distribution();
  private final Ranking ranking = new Ranking();
  private final Reorder reorder = new Reorder();
  private float[] typicality = {}; // (candidates,), 0 for the most typical, else below

  /**
   * Creates one.
   *
   * @param share in [0, 1]; 1 keeps all, in their order
   */
  Typical(double share) {
    this.share = share;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    int size = candidates.size();
    float greatest = candidates.logits()[Maximum.place(candidates)];
    if (share >= 1) {
      return;
    }
    if (typicality.length < size) {
      typicality = new float[Math.max(size, 2 * typicality.length)];
    }
    distribution.of(candidates);
    for (int i = 0; i < size; i++) {
      double surprise = distribution.surprise((double) greatest - candidates.logits()[i]);
      typicality[i] = (float) -Math.abs(surprise - distribution.entropy());
    }
    RadixSort order = ranking.rank(typicality, size, size);
    int kept = 0;
    double sum = 0;
    while (kept < size && !(sum > share)) {
      sum += distribution.probability(order.place(kept++));
    }
    reorder.keep(candidates, order, kept);
  }

  @Override public SamplerStep copy() {
    return new Typical(share);
  }
}
