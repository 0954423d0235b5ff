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
 * @param value in binary64
 * @param magnitude the sum of the magnitudes of all terms
 * @param terms how many roundings a term passes through at most
 * @param underflow what may be lost below the normal numbers
 */
record ProductBound(double value, double magnitude, int terms, double underflow) {

  /*
   * Gates. Both activations have a slope below 1.2, so an error of their argument grows by no more. Their own error,
   * relative: exp 8u, and 1 + e, the quotient and one for v together 4u. The exponent of gelu takes four roundings and
   * its two constants one each: 6u|exponent| absolute, which exp makes a relative error, and which counts where the
   * exponent is negative or small.
   */
  private static final double SLOPE = 1.2;

  static ProductBound of(WeightMatrix w, int row, float[] x, int xAt) {
    WeightRow weights = new WeightRow().read(w, row);
    double value = new Specification(Arithmetic.FLOAT64).product(weights, x, xAt);
    double magnitude = 0;
    double scale = 0;
    for (int k = 0; k < weights.cols(); k++) {
      int group = k / weights.groupSize();
      double term = Math.abs(weights.scale(group) * (double) weights.level(k)) + Math.abs(weights.minimum(group));
      magnitude += term * Math.abs(x[xAt + k]);
      scale = Math.max(scale, Math.abs(weights.scale(group)));
    }
    int terms = weights.scaled() ? weights.cols() + 2 * weights.groups() + 5 : weights.cols() + 1;
    return new ProductBound(value, magnitude, terms, Rounding.underflow(weights.cols(), scale));
  }

  double error() {
    return Rounding.gamma(terms) * magnitude + underflow;
  }

  /** With one more term. */
  ProductBound plus(float term) {
    return new ProductBound(value + term, magnitude + Math.abs(term), terms + 1, underflow);
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
