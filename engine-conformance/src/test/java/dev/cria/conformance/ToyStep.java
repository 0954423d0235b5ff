package dev.cria.conformance;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.api.sampling.SamplingContext;
import java.util.List;

/** A step with state: lowers the logits of tokens seen, then keeps the best few, the best first. */
final class ToyStep implements SamplerStep {

  /** What is wrong with it. */
  enum Fault {
    NONE, DUPLICATES_AN_ID, READS_BEYOND_SIZE, REFUSES_ALL_BUT_ALL, STATIC_STATE, FORGETS_TO_RESET, SHARED_COPY, FRESH_COPY, OWN_RANDOMNESS, ALLOCATES, KEEPS_ONE_TOO_MANY, KEEPS_ONE_TOO_FEW, DROPS_THE_BEST, SWAPS_IDS, WRONG_ORDER, HALF_THE_PENALTY, MAKES_NAN, MAKES_INFINITY, REVIVES_THE_IMPOSSIBLE, LEAVES_NOTHING_POSSIBLE, TRUSTS_THAT_IDS_ARE_PLACES, FAILS_AT_THE_EDGE, DECLARES_A_NAME_TWICE, DECLARES_A_WRONG_STANDARD, DECLARES_NO_MEANING
  }

  private static int[] shared = new int[1000];
  @SuppressWarnings("UnusedVariable") // keeps what is allocated from being optimised away
  private static volatile float[] kept = {};

  private final double penalty;
  private final int keep;
  private final Fault fault;
  private int[] seen = new int[1000];

  ToyStep(double penalty, int keep, Fault fault) {
    this.penalty = penalty;
    this.keep = keep;
    this.fault = fault;
  }

  /** Offers it. */
  record Provider(Fault fault) implements SamplerStepProvider {
    @Override public String name() {
      return "toy";
    }

    @Override public String summary() {
      return "lowers what came before and keeps a few";
    }

    @Override public List<SamplerParameter> parameters() {
      SamplerParameter penalty = SamplerParameter.real("penalty", 0, 10,
          fault == Fault.DECLARES_NO_MEANING ? "" : "for each time");
      SamplerParameter keep = SamplerParameter.whole("keep", 1, 1_000_000, "how many")
          .or(fault == Fault.DECLARES_A_WRONG_STANDARD ? 0 : 1_000_000);
      return fault == Fault.DECLARES_A_NAME_TWICE ? List.of(penalty, keep, keep) : List.of(penalty, keep);
    }

    @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
      return new ToyStep(parameters.number("penalty"), (int) parameters.number("keep"), fault);
    }
  }

  @Override public void apply(Candidates candidates, SamplingContext context) {
    if (fault == Fault.READS_BEYOND_SIZE && candidates.size() < candidates.ids().length) {
      candidates.ids()[0] = candidates.ids()[candidates.ids().length - 1];
    }
    if (fault == Fault.ALLOCATES) {
      kept = new float[4];
    }
    lower(candidates);
    int count = Math.min(keep, candidates.size());
    if (fault == Fault.KEEPS_ONE_TOO_MANY) {
      count = Math.min(keep + 1, candidates.size());
    } else if (fault == Fault.KEEPS_ONE_TOO_FEW) {
      count = Math.max(1, count - 1);
    } else if (fault == Fault.FAILS_AT_THE_EDGE) {
      count = Math.min(keep - 1, candidates.size());
    }
    sort(candidates, Math.min(candidates.size(), count + 1));
    spoil(candidates);
    candidates.shorten(fault == Fault.REFUSES_ALL_BUT_ALL ? candidates.size() - 1 : count);
    if (fault == Fault.DUPLICATES_AN_ID && candidates.size() > 2) {
      candidates.ids()[1] = candidates.ids()[0];
    }
  }

  private void lower(Candidates candidates) {
    int[] counts = fault == Fault.STATIC_STATE ? shared : seen;
    float noise = fault == Fault.OWN_RANDOMNESS ? 1 + 100 * (float) Math.random() : 0; // for all, so that the order stays
    double each = fault == Fault.HALF_THE_PENALTY ? penalty / 2 : penalty;
    for (int i = 0; i < candidates.size(); i++) {
      int id = fault == Fault.TRUSTS_THAT_IDS_ARE_PLACES ? i : Math.clamp(candidates.ids()[i], 0, counts.length - 1);
      candidates.logits()[i] -= (float) (each * counts[id]);
      candidates.logits()[i] += noise;
    }
  }

  private static void sort(Candidates candidates, int count) {
    for (int i = 0; i < count; i++) {
      int best = i;
      for (int j = i + 1; j < candidates.size(); j++) {
        best = candidates.logits()[j] > candidates.logits()[best] ? j : best;
      }
      SamplerMutantTest.swap(candidates, i, best);
    }
  }

  /** Spoils candidates that are sorted. */
  private void spoil(Candidates candidates) {
    float[] logits = candidates.logits();
    int size = candidates.size();
    switch (fault) {
      case DROPS_THE_BEST -> SamplerMutantTest.swap(candidates, 0, size - 1);
      case WRONG_ORDER -> SamplerMutantTest.swap(candidates, 0, Math.min(1, size - 1));
      case SWAPS_IDS -> {
        int id = candidates.ids()[0];
        candidates.ids()[0] = candidates.ids()[Math.min(1, size - 1)];
        candidates.ids()[Math.min(1, size - 1)] = id;
      }
      case MAKES_NAN -> {
        for (int i = 0; i < size; i++) {
          logits[i] = logits[i] == Float.NEGATIVE_INFINITY ? logits[i] - logits[i] * 1 : logits[i];
        }
      }
      case MAKES_INFINITY -> logits[0] = logits[0] > 1000 ? Float.POSITIVE_INFINITY : logits[0];
      case REVIVES_THE_IMPOSSIBLE -> {
        for (int i = 0; i < size; i++) {
          logits[i] = Math.max(logits[i], -3e38f);
        }
      }
      case LEAVES_NOTHING_POSSIBLE -> {
        for (int i = 0; i < size; i++) {
          logits[i] = logits[0] < -1e29f ? Float.NEGATIVE_INFINITY : logits[i];
        }
      }
      default -> {}
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
