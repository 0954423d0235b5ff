package dev.cria.conformance;

import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;

/**
 * The exact value of a product and how far a kernel may be off.
 *
 * <p>A plain sum of {@code n} products: {@code γ_{n+1} Σ|wᵢxᵢ|}, the one more for this binary64 sum and for what an
 * epilogue adds. With groups a kernel may scale the sum of a group or decode each weight; either way no term passes
 * through more than {@code n + 2 groups + 4} roundings, and a term is
 * {@code |scale · levelᵢ · xᵢ| + |minimum · xᵢ|}.
 *
 * <p>A kernel that rounds activations to int8 may be off by half a step of each, a step being a 127th of the largest of its group; and each
 * term passes through two more roundings.
 *
 * @param value in binary64
 * @param magnitude the sum of the magnitudes of all terms
 * @param terms how many roundings a term passes through at most
 * @param lost what may be lost below the normal numbers, and by rounding activations
 */
record ProductBound(double value, double magnitude, int terms, double lost) {

  /** Half a step of an activation that is rounded, as a part of the largest; a little more, since the step is rounded itself. */
  private static final double HALF_STEP = 0.5 / 127 * 1.001;

  /** What is lost where a step would be a subnormal number, and is rounded to one. */
  private static final double SMALLEST_STEPS = 128 * Float.MIN_VALUE;

  /*
   * Gates. Both activations have a slope below 1.2, so an error of their argument grows by no more. Their own error,
   * relative: exp 8u, and 1 + e, the quotient and one for v together 4u. The exponent of gelu takes four roundings and
   * its two constants one each: 6u|exponent| absolute, which exp makes a relative error, and which counts where the
   * exponent is negative or small.
   */
  private static final double SLOPE = 1.2;

  static ProductBound of(WeightMatrix w, int row, float[] x, int xAt, boolean rounded) {
    WeightRow weights = new WeightRow().read(w, row, rounded);
    double value = new Specification(Arithmetic.FLOAT64).product(weights, x, xAt);
    double magnitude = 0;
    double scale = 0;
    double rounding = 0;
    for (int k = 0; k < weights.cols(); k++) {
      int group = k / weights.groupSize();
      double term = Math.abs(weights.scale(group) * (double) weights.level(k)) + Math.abs(weights.minimum(group));
      magnitude += term * Math.abs(x[xAt + k]);
      if (rounded) {
        double largest = largest(x, xAt + group * weights.groupSize(), weights.groupSize());
        rounding += term * (HALF_STEP * largest + SMALLEST_STEPS);
      }
      scale = Math.max(scale, Math.abs(weights.scale(group)));
    }
    int terms = weights.scaled() ? weights.cols() + 2 * weights.groups() + 5 : weights.cols() + 1;
    return new ProductBound(value, magnitude + rounding, rounded ? terms + 2 * weights.groups() : terms,
        rounding + Rounding.underflow(weights.cols(), scale));
  }

  private static double largest(float[] x, int from, int count) {
    double largest = 0;
    for (int k = from; k < from + count; k++) {
      largest = Math.max(largest, Math.abs(x[k]));
    }
    return largest;
  }

  double error() {
    return Rounding.gamma(terms) * magnitude + lost;
  }

  /** With one more term. */
  ProductBound plus(float term) {
    return new ProductBound(value + term, magnitude + Math.abs(term), terms + 1, lost);
  }

  /** {@code act(this) · other}. */
  ProductBound gates(Gate gate, ProductBound other) {
    Specification exact = new Specification(Arithmetic.FLOAT64);
    double activation = exact.gate(gate, value);
    double exponent = gate == Gate.GELU ? Math.min(Math.abs(exact.geluExponent(value)), 88) : 0;
    double relative = Rounding.EXP + (4 + 6 * exponent) * Rounding.U;
    double activationError = 1.01 * relative * Math.abs(activation) + SLOPE * error() + Rounding.SATURATED;
    double product = activation * other.value;
    double bound = activationError * (Math.abs(other.value) + other.error()) + Math.abs(activation) * other.error()
        + 2 * Rounding.U * Math.abs(product);
    return new ProductBound(product, 0, 0, bound + Rounding.underflow(1, 0));
  }
}
