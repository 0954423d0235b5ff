package dev.cria.conformance;

import dev.cria.api.sampling.SamplingContext;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A history and a generator; positions that have no token yet are refused. */
final class SampleContext implements SamplingContext {

  private final int[] tokens;
  private final RandomGenerator random;

  SampleContext(List<Integer> history, long seed) {
    tokens = history.stream().mapToInt(Integer::intValue).toArray();
    random = new Random(seed);
  }

  @Override public RandomGenerator random() {
    return random;
  }

  @Override public int position() {
    return tokens.length;
  }

  @Override public int token(int position) {
    if (position < 0 || position >= tokens.length) {
      throw new IllegalArgumentException("token(" + position + ") is not in [0, " + tokens.length + ")");
    }
    return tokens[position];
  }
}
