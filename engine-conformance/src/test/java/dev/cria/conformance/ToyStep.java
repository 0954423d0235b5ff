package dev.cria.conformance;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplingContext;
import java.util.Set;

/** A step with state: lowers the logits of tokens seen, then keeps the best few. */
final class ToyStep implements SamplerStep {

  /** What is wrong with it. */
  enum Fault { NONE, DUPLICATES_AN_ID, READS_BEYOND_SIZE, REFUSES_ALL_BUT_ALL, STATIC_STATE, FORGETS_TO_RESET, SHARED_COPY,
    FRESH_COPY, OWN_RANDOMNESS, TAKES_UNKNOWN_PARAMETERS, TAKES_NAN, TAKES_ANY_VALUE, NEEDS_NO_PENALTY, ALLOCATES }

  private static int[] shared = new int[1000];
  private static volatile float[] kept = {};

  private final double penalty;
  private final int keep;
  private final Fault fault;
  private int[] seen = new int[1000];

  private ToyStep(double penalty, int keep, Fault fault) {
    this.penalty = penalty;
    this.keep = keep;
    this.fault = fault;
  }

  static ToyStep create(SamplerParameters parameters, Fault fault) {
    if (fault != Fault.TAKES_UNKNOWN_PARAMETERS) {
      parameters.onlyKnown("toy", Set.of("penalty", "keep"));
    }
    Double given = parameters.values().get("penalty");
    boolean unchecked = (fault == Fault.TAKES_NAN && given != null && given.isNaN())
        || (fault == Fault.TAKES_ANY_VALUE && given != null && !given.isNaN())
        || (fault == Fault.NEEDS_NO_PENALTY && given == null);
    double penalty = unchecked ? 1 : parameters.in("penalty", 0, 10);
    double keep = parameters.values().containsKey("keep") ? parameters.in("keep", 1, 1e6) : 1e6;
    return new ToyStep(penalty, (int) keep, fault);
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    if (fault == Fault.READS_BEYOND_SIZE && candidates.size() < candidates.ids().length) {
      candidates.ids()[0] = candidates.ids()[candidates.ids().length - 1];
    }
    if (fault == Fault.ALLOCATES) {
      kept = new float[4];
    }
    int[] counts = fault == Fault.STATIC_STATE ? shared : seen;
    for (int i = 0; i < candidates.size(); i++) {
      int id = Math.clamp(candidates.ids()[i], 0, counts.length - 1);
      candidates.logits()[i] -= (float) (penalty * counts[id]);
      if (fault == Fault.OWN_RANDOMNESS) {
        candidates.logits()[i] += (float) Math.random();
      }
    }
    int count = Math.min(keep, candidates.size());
    for (int i = 0; i < count; i++) {
      int best = i;
      for (int j = i + 1; j < candidates.size(); j++) {
        best = candidates.logits()[j] > candidates.logits()[best] ? j : best;
      }
      SamplerMutantTest.swap(candidates, i, best);
    }
    candidates.shorten(fault == Fault.REFUSES_ALL_BUT_ALL ? candidates.size() - 1 : count);
    if (fault == Fault.DUPLICATES_AN_ID && candidates.size() > 2) {
      candidates.ids()[1] = candidates.ids()[0];
    }
  }

  @Override public void accept(int token) {
    (fault == Fault.STATIC_STATE ? shared : seen)[token]++;
  }

  @Override public void reset() {
    if (fault == Fault.STATIC_STATE) {
      shared = new int[1000];
    } else if (fault != Fault.FORGETS_TO_RESET) {
      seen = new int[1000];
    }
  }

  @Override public SamplerStep copy() {
    ToyStep copy = new ToyStep(penalty, keep, fault);
    if (fault != Fault.FRESH_COPY) {
      copy.seen = fault == Fault.SHARED_COPY ? seen : seen.clone();
    }
    return copy;
  }
}
