package dev.cria.conformance;

/**
 * Bounds of the rounding error of binary32, for every order of the operations.
 *
 * <p>Source: Higham 2002, <i>Accuracy and Stability of Numerical Algorithms</i>, second edition, §3.1: a sum of {@code n}
 * products, in any order and with or without fma, is off by {@code γₙ · Σ|wᵢxᵢ|} at most, where nothing underflows. What
 * underflows adds half a subnormal an operation; {@link #underflow} gives two, generously.
 */
final class Rounding {

  /** The unit roundoff. */
  static final double U = 0x1p-24;

  /** How far exp may be off, relatively: four units in the last place. */
  static final double EXP = 8 * U;

  /**
   * How far a function of exp may be off where exp is taken as 0 or infinity beyond ±87: {@code |v · exp(v)|} at −87 is
   * 1.5e-36.
   */
  static final double SATURATED = 0x1p-118;

  private Rounding() {}

  /** {@code γₙ = n·u / (1 − n·u)}. */
  static double gamma(double n) {
    return n * U / (1 - n * U);
  }

  /** What {@code n} operations lose to underflow, where later factors are {@code scale} at most. */
  static double underflow(double n, double scale) {
    return 2 * n * Float.MIN_VALUE * (1 + scale);
  }
}
