package dev.cria.sampling;

import java.util.random.RandomGenerator;

/**
 * llama2.c's generator, xorshift64*: the same seed gives the same numbers as there.
 *
 * <p>Its state is 64 bits, its period 2⁶⁴ − 1. Not for secrets. Used by one thread at a time.
 *
 * @see <a href="https://arxiv.org/abs/1402.6246">Vigna 2016, An experimental exploration of Marsaglia's xorshift generators,
 *     scrambled</a>
 * @since 0.1
 */
public final class XorShift64Star implements RandomGenerator {

  private long state;

  /**
   * A generator that begins at a seed.
   *
   * @param seed any number but 0, from which the generator would never get away
   */
  public XorShift64Star(long seed) {
    if (seed == 0) {
      throw new IllegalArgumentException("seed must not be 0: the generator would give nothing but 0");
    }
    this.state = seed;
  }

  /** 64 random bits; the upper ones are the better ones. */
  @Override public long nextLong() {
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return state * 0x2545F4914F6CDD1DL;
  }

  /** The upper 32 of {@link #nextLong()}: llama2.c's {@code random_u32}. */
  @Override public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /** A number in [0, 1) from the upper 24 bits of {@link #nextInt()}: llama2.c's {@code random_f32}. */
  @Override public float nextFloat() {
    return (nextInt() >>> 8) / 16777216f;
  }

  /** An independent generator that goes on as this one will. */
  public XorShift64Star copy() {
    return new XorShift64Star(state);
  }
}
