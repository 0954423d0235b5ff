package dev.cria.sampling;

import dev.cria.api.sampling.SamplingContext;
import java.util.random.RandomGenerator;

/** Position 0, and a generator that gives the same float each time and counts how often it is asked. */
final class FixedContext implements SamplingContext, RandomGenerator {

  private final float coin;
  private int draws;

  FixedContext(float coin) {
    this.coin = coin;
  }

  int draws() {
    return draws;
  }

  @Override public float nextFloat() {
    draws++;
    return coin;
  }

  @Override public long nextLong() {
    throw new AssertionError("only nextFloat may be asked");
  }

  @Override public RandomGenerator random() {
    return this;
  }

  @Override public int position() {
    return 0;
  }

  @Override public int token(int position) {
    throw new AssertionError("there is no token at " + position);
  }
}
