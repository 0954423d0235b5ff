package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Placement;

/**
 * The exact attention of a row and head, and how far a kernel may be off, however it cuts and orders the positions.
 *
 * <p>With {@code T} visible positions and {@code d = headDim}:
 * <ul>
 * <li>A score is off by {@code e = γ_{d+2} |scale| Σ|qᵢkᵢ|}. A soft cap lets that through (tanh has slope 1) and adds its
 *     own: exp of {@code 2y} is off by {@code 8u + 2u|2y|} relatively, of which tanh keeps half at most, and sum, quotient,
 *     difference and the product with the cap add less than six roundings of values up to 2: {@code 14u · cap} in all.
 * <li>A weight is {@code exp(score − max)}, its exponent off by {@code E = 2 max e} and, from subtracting a maximum at
 *     once or in steps, by {@code 4u · R}, with {@code R} the range of the scores, cut at 88 beyond which a weight is
 *     nothing. In an online softmax it is rescaled {@code T} times at most, by a factor with the error of exp and a
 *     rounding, {@code 9u} each; then it is summed, {@code T} roundings. So relatively
 *     {@code ρ = exp(E + 4uR)(1 + γ_{10(T+2)}) − 1}.
 * <li>Numerator and denominator each have it, and the quotient: {@code ((1 + ρ)/(1 − ρ)(1 + 2u) − 1) Σ pₜ|vₜ|}. Weights
 *     taken as nothing below exp(−87) add {@code T · exp(−87) · max|vₜ|}.
 * </ul>
 */
final class AttentionBound {

  private final Specification exact = new Specification(Arithmetic.FLOAT64);
  private final AttentionHead head = new AttentionHead();

  void compute(Expected expected, int at, FloatMatrix query, Placement placement, AttentionShape shape, int row,
      int h) {
    head.look(query, placement, shape, row, h);
    int first = head.first();
    double[] scores = new double[head.end() - first];
    double scoreError = 0;
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (int t = 0; t < scores.length; t++) {
      head.readKey(first + t);
      double sum = 0;
      double magnitude = 0;
      for (int i = 0; i < shape.headDim(); i++) {
        sum += (double) head.query(i) * head.element(i);
        magnitude += Math.abs((double) head.query(i) * head.element(i));
      }
      scores[t] = exact.score(sum, shape);
      scoreError = Math.max(scoreError, Rounding.gamma(shape.headDim() + 2) * Math.abs(shape.scale()) * magnitude);
      max = Math.max(max, scores[t]);
      min = Math.min(min, scores[t]);
    }
    scoreError += 14 * Rounding.U * shape.softCap() + Rounding.underflow(shape.headDim(), Math.abs(shape.scale()));
    double exponentError = 2 * scoreError + 4 * Rounding.U * Math.min(max - min, 88);
    double rho = Math.exp(exponentError) * (1 + Rounding.gamma(10.0 * (scores.length + 2))) - 1;
    double relative = rho < 1 ? (1 + rho) / (1 - rho) * (1 + 2 * Rounding.U) - 1 : Double.POSITIVE_INFINITY;
    weigh(expected, at, scores, max, relative);
  }

  private void weigh(Expected expected, int at, double[] scores, double max, double relative) {
    int headDim = head.headDim();
    double[] sums = new double[headDim];
    double[] magnitudes = new double[headDim];
    double[] largest = new double[headDim];
    double total = 0;
    for (int t = 0; t < scores.length; t++) {
      double weight = Math.exp(scores[t] - max);
      total += weight;
      head.readValue(head.first() + t);
      for (int i = 0; i < headDim; i++) {
        sums[i] += weight * head.element(i);
        magnitudes[i] += weight * Math.abs(head.element(i));
        largest[i] = Math.max(largest[i], Math.abs(head.element(i)));
      }
    }
    for (int i = 0; i < headDim; i++) {
      double lost = scores.length * Math.exp(-87) * largest[i] + Rounding.underflow(scores.length, 1);
      expected.set(at + i, sums[i] / total, relative * magnitudes[i] / total + lost);
    }
  }
}
