package dev.cria.conformance;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplingContext;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A draw: any candidate that is possible, each as likely as the others. */
final class ToyDraw implements SamplerDraw {

  /** What is wrong with it. */
  enum Fault { NONE, RETURNS_THE_INDEX, RETURNS_A_DROPPED_TOKEN, RETURNS_THE_IMPOSSIBLE, OWN_GENERATOR, ALLOCATES }

  private static final Random OWN = new Random();
  private static volatile float @Nullable [] kept;

  private final Fault fault;

  ToyDraw(Fault fault) {
    this.fault = fault;
  }

  @Override public int draw(Candidates candidates, SamplingContext context) {
    if (fault == Fault.ALLOCATES) {
      kept = new float[4];
    }
    int possible = 0;
    for (int i = 0; i < candidates.size(); i++) {
      possible += isPossible(candidates, i) ? 1 : 0;
    }
    int chosen = (fault == Fault.OWN_GENERATOR ? OWN : context.random()).nextInt(possible);
    for (int i = 0; i < candidates.size(); i++) {
      if (isPossible(candidates, i) && chosen-- == 0) {
        return id(candidates, i);
      }
    }
    throw new IllegalStateException("no candidate is possible");
  }

  private int id(Candidates candidates, int i) {
    return switch (fault) {
      case RETURNS_THE_INDEX -> i;
      case RETURNS_A_DROPPED_TOKEN -> candidates.ids()[Math.min(candidates.size(), candidates.ids().length - 1)];
      default -> candidates.ids()[i];
    };
  }

  private boolean isPossible(Candidates candidates, int i) {
    return fault == Fault.RETURNS_THE_IMPOSSIBLE || candidates.logits()[i] != Float.NEGATIVE_INFINITY;
  }
}
