package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;

/** Keeps the fewest, most probable candidates that together exceed a share, the most probable first. */
final class TopP implements SamplerStep {

  private final float share;
  private final Nucleus nucleus = new Nucleus();
  private float[] scratch = {};
  private int[] keptIds = {};

  TopP(float share) {
    this.share = share;
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    int size = candidates.size();
    if (share >= 1 || size == 1) {
      return;
    }
    if (scratch.length < size) {
      scratch = new float[size];
      keptIds = new int[size];
    }
    Softmax.apply(scratch, candidates, 1);
    nucleus.select(scratch, size, share);
    keep(candidates);
  }

  @Override public SamplerStep copy() {
    return new TopP(share);
  }

  private void keep(Candidates candidates) {
    int kept = nucleus.size();
    float[] keptLogits = scratch;
    for (int rank = 0; rank < kept; rank++) {
      int place = nucleus.place(rank);
      keptIds[rank] = candidates.ids()[place];
      keptLogits[rank] = candidates.logits()[place];
    }
    System.arraycopy(keptIds, 0, candidates.ids(), 0, kept);
    System.arraycopy(keptLogits, 0, candidates.logits(), 0, kept);
    candidates.shorten(kept);
  }
}
