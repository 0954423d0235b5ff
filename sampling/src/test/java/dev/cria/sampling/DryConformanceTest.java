package dev.cria.sampling;

import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.conformance.SamplerStepConformance;
import dev.cria.conformance.StepExample;
import java.util.List;

class DryConformanceTest extends SamplerStepConformance {

  @Override protected SamplerStepProvider provider() {
    return new DryProvider();
  }

  @Override protected SamplerParameters parameters() {
    return SamplerParameters.of("multiplier", 0.8);
  }

  @Override protected List<StepExample> examples() {
    List<Integer> again = List.of(1, 2, 3, 4, 1, 2, 3); // after 1 2 3 came 4
    return List.of(dry(dry(1), again, 4, 2), // 1 * 2^(3 - 2)
        dry(dry(3), again, 4, 6), dry(dry(0), again, 4, 0), dry(dry(1).and("last-n", "6"), again, 4, 1),
        dry(dry(1).and("last-n", "5"), again, 4, 0), dry(dry(1).and("allowed-length", "3"), again, 4, 1),
        dry(dry(1).and("allowed-length", "4"), again, 4, 0),
        dry(dry(1), List.of(1, 6, 2, 3, 5, 1, 6, 2, 3), 5, 1), // token 6 is a line break, after which 2 tokens count
        dry(dry(1).and("breaker", "none"), List.of(1, 6, 2, 3, 5, 1, 6, 2, 3), 5, 4),
        dry(dry(1), List.of(1, 2, 6, 1, 2), 6, 0), // the line break itself may be repeated
        dry(dry(1).and("breaker", "w2"), again, 4, 0), // within one token
        dry(dry(1).and("breaker", "w1 w2"), again, 4, 0), // across two
        dry(dry(1).and("breaker", "w1 w2"), List.of(1, 2, 3, 5, 4, 1, 2, 3, 5), 4, 1), // after them, 3 and 5 count
        // after 1 2 3 came 1 and 2, after 2 3 came 4
        StepExample.changes(dry(1), List.of(1, 2, 3, 2, 3, 4, 1, 2, 3, 1, 2, 3), new float[6], 0, -2, -2, 0, -1, 0));
  }

  private static SamplerParameters dry(double multiplier) {
    return SamplerParameters.of("multiplier", multiplier, "base", 2);
  }

  /** Of eight tokens, one is lowered. */
  private static StepExample dry(SamplerParameters parameters, List<Integer> history, int token, float penalty) {
    float[] left = new float[8];
    left[token] -= penalty;
    return StepExample.changes(parameters, history, new float[8], left);
  }
}
