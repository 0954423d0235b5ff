package dev.cria.conformance;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.api.sampling.SamplingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A draw with state: each candidate with its probability, but a token that came before seldom comes again. */
final class ToyDraw implements SamplerDraw {

  /** What is wrong with it. */
  enum Fault {
    NONE, RETURNS_THE_INDEX, RETURNS_A_DROPPED_TOKEN, RETURNS_THE_IMPOSSIBLE, OWN_GENERATOR, OWN_SEEDED_GENERATOR, IGNORES_THE_GENERATOR, ALLOCATES, WRONG_NORMALISATION, NO_SUBTRACTION_OF_THE_GREATEST, NEVER_THE_LAST, LOSES_THE_FIRST, TAKES_NAN, TAKES_NOTHING, FORGETS_TO_RESET, SHARED_COPY, FRESH_COPY, STATIC_STATE, FAILS_AT_THE_EDGE
  }

  private static final Random OWN = new Random();
  private static final int[] SHARED = new int[1000];
  @SuppressWarnings("UnusedVariable") // keeps what is allocated from being optimised away
  private static volatile float[] kept = {};

  private final double penalty;
  private final Fault fault;
  private final Random seeded = new Random(5);
  private int[] seen;

  ToyDraw(double penalty, Fault fault) {
    this.penalty = penalty;
    this.fault = fault;
    this.seen = fault == Fault.STATIC_STATE ? SHARED : new int[1000];
  }

  /** Offers it. */
  record Provider(Fault fault) implements SamplerDrawProvider {
    @Override public String name() {
      return "toy";
    }

    @Override public String summary() {
      return "draws, but seldom what came before";
    }

    @Override public List<SamplerParameter> parameters() {
      return List.of(SamplerParameter.real("penalty", 0, 10, "for each time").or(1));
    }

    @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
      return new ToyDraw(parameters.number("penalty"), fault);
    }
  }

  @Override public int draw(Candidates candidates, SamplingContext context) {
    if (fault == Fault.ALLOCATES) {
      kept = new float[4];
    }
    int best = best(candidates);
    float[] weights = candidates.logits();
    float greatest = fault == Fault.NO_SUBTRACTION_OF_THE_GREATEST ? 0 : weights[best];
    int size = fault == Fault.NEVER_THE_LAST ? Math.max(1, candidates.size() - 1) : candidates.size();
    double total = 0;
    for (int i = 0; i < size; i++) {
      weights[i] = weight(weights[i] - greatest, seen[candidates.ids()[i]]);
      total += weights[i];
    }
    if (fault == Fault.FAILS_AT_THE_EDGE && penalty == 10) {
      return -1;
    }
    if (fault == Fault.IGNORES_THE_GENERATOR) {
      return candidates.ids()[best];
    }
    double target = generator(context).nextFloat() * total;
    double sum = fault == Fault.LOSES_THE_FIRST ? -weights[0] / 8 : 0;
    int last = best;
    for (int i = 0; i < size; i++) {
      sum += weights[i];
      last = weights[i] > 0 ? i : last;
      if (target < sum) {
        return id(candidates, i);
      }
    }
    return id(candidates, last);
  }

  private RandomGenerator generator(SamplingContext context) {
    return switch (fault) {
      case OWN_GENERATOR -> OWN;
      case OWN_SEEDED_GENERATOR -> seeded;
      default -> context.random();
    };
  }

  private float weight(float distance, int count) {
    double weight = Math.exp(distance - penalty * count);
    return (float) switch (fault) {
      case WRONG_NORMALISATION -> Math.sqrt(weight);
      case RETURNS_THE_IMPOSSIBLE -> Math.max(weight, 0.01);
      default -> weight;
    };
  }

  private int best(Candidates candidates) {
    float[] logits = candidates.logits();
    int best = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (!(logits[i] < Float.POSITIVE_INFINITY) && fault != Fault.TAKES_NAN) {
        throw new IllegalArgumentException("no logit");
      }
      best = logits[i] > logits[best] ? i : best;
    }
    if (logits[best] == Float.NEGATIVE_INFINITY && fault != Fault.TAKES_NOTHING) {
      throw new IllegalArgumentException("nothing possible");
    }
    return best;
  }

  private int id(Candidates candidates, int i) {
    return switch (fault) {
      case RETURNS_THE_INDEX -> i;
      case RETURNS_A_DROPPED_TOKEN -> candidates.ids()[Math.min(candidates.size(), candidates.ids().length - 1)];
      default -> candidates.ids()[i];
    };
  }

  @Override public void accept(int token) {
    seen[token]++;
  }

  @Override public void reset() {
    if (fault != Fault.FORGETS_TO_RESET) {
      Arrays.fill(seen, 0);
    }
  }

  @Override public SamplerDraw copy() {
    ToyDraw copy = new ToyDraw(penalty, fault);
    if (fault == Fault.SHARED_COPY) {
      copy.seen = seen;
    } else if (fault != Fault.FRESH_COPY) {
      copy.seen = seen.clone();
    }
    return copy;
  }
}
