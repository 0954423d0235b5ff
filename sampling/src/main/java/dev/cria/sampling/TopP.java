package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Keeps the fewest, most probable candidates that together exceed a share, the most probable first. */
final class TopP implements SamplerStep {

  private final float share;
  private final Nucleus nucleus = new Nucleus();
  private float[] scratch = {};
  private final Reorder reorder = new Reorder();

  TopP(float share) {
    this.share = share;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    int size = candidates.size();
    if (share >= 1 || size == 1) {
      return;
    }
    if (scratch.length < size) {
      scratch = new float[Math.max(size, 2 * scratch.length)];
    }
    Softmax.apply(scratch, candidates, 1);
    nucleus.select(scratch, size, share);
    reorder.keep(candidates, nucleus.order(), nucleus.size());
  }

  @Override public SamplerStep copy() {
    return new TopP(share);
  }
}
