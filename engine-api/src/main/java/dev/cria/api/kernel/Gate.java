package dev.cria.api.kernel;

/**
 * The activation of a gated feed-forward block.
 *
 * @since 0.1
 */
public enum Gate {
  /**
   * {@code v / (1 + exp(−v))}.
   *
   * @see <a href="https://arxiv.org/abs/1702.03118">Elfwing et al. 2017, Sigmoid-Weighted Linear Units</a>
   */
  SILU,
  /**
   * {@code v / (1 + exp(−2u))} with {@code u = sqrt(2/π) (v + 0.044715 v³)}: the tanh form, written with one exponential.
   *
   * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016, Gaussian Error Linear Units</a>
   */
  GELU
}
