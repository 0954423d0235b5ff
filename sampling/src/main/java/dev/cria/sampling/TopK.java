package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Keeps the most probable candidates, as many as asked for, the most probable first. */
final class TopK implements SamplerStep {

  private final int most;
  private final Ranking ranking = new Ranking();
  private final Reorder reorder = new Reorder();

  /**
   * Creates one.
   *
   * @param most 0 keeps all, in their order
   */
  TopK(int most) {
    this.most = most;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    Maximum.place(candidates); // refuses what has no order
    if (most > 0) {
      int size = candidates.size();
      int kept = Math.min(most, size);
      reorder.keep(candidates, ranking.rank(candidates.logits(), size, kept), kept);
    }
  }

  @Override public SamplerStep copy() {
    return new TopK(most);
  }
}
