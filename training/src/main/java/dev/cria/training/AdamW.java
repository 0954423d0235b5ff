package dev.cria.training;

import dev.cria.api.kernel.Worker;

/**
 * Adam with decoupled weight decay: with gradient g at step t,
 * {@code m = β₁ m + (1 − β₁) g}, {@code v = β₂ v + (1 − β₂) g²},
 * {@code w = w − η (m̂ / (√v̂ + ε) + λ w)}, {@code m̂ = m / (1 − β₁ᵗ)}, {@code v̂ = v / (1 − β₂ᵗ)}. Only matrices decay.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization,
 *     algorithm 2</a>
 * @see <a href="https://arxiv.org/abs/1211.5063">Pascanu, Mikolov and Bengio 2013, On the difficulty of training recurrent
 *     neural networks, §3.2 (clipping by norm)</a>
 */
final class AdamW {

  /**
   * Its constants.
   *
   * @param beta1 how slowly the mean of the gradients forgets
   * @param beta2 how slowly the mean of their squares forgets
   * @param epsilon added to the root
   * @param weightDecay λ
   * @param clip the norm of all gradients together is reduced to this; 0 leaves it
   */
  record Constants(double beta1, double beta2, double epsilon, double weightDecay, double clip) {}

  private static final int CHUNK = 4096; // of the sum of squares, and of a worker's share

  private final Constants constants;
  private final Parameters weights;
  private final Parameters gradients;
  private final Parameters mean;
  private final Parameters meanSquare;
  private final double[] squares; // by chunk

  AdamW(Constants constants, Parameters weights, Parameters gradients, Parameters mean, Parameters meanSquare) {
    this.constants = constants;
    this.weights = weights;
    this.gradients = gradients;
    this.mean = mean;
    this.meanSquare = meanSquare;
    this.squares = new double[Math.ceilDiv(weights.data().length, CHUNK)];
  }

  /** The norm of all gradients, once {@link #measure} has run. */
  double gradientNorm() {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  /** Measures the gradients, with a barrier at the end. */
  void measure(Worker worker) {
    int end = worker.shareEnd(squares.length, 1);
    float[] g = gradients.data();
    for (int chunk = worker.shareStart(squares.length, 1); chunk < end; chunk++) {
      double sum = 0;
      for (int i = chunk * CHUNK; i < Math.min(g.length, (chunk + 1) * CHUNK); i++) {
        sum += (double) g[i] * g[i];
      }
      squares[chunk] = sum;
    }
    worker.barrier();
  }

  /**
   * Takes one step and clears the gradients; they have been measured.
   *
   * @param step from 1
   */
  void step(Worker worker, int step, double learningRate) {
    double norm = gradientNorm();
    float factor = constants.clip > 0 && norm > constants.clip ? (float) (constants.clip / norm) : 1;
    double bias1 = 1 - StrictMath.pow(constants.beta1, step);
    double bias2 = 1 - StrictMath.pow(constants.beta2, step);
    float rate = (float) (learningRate / bias1);
    float root = (float) (1 / StrictMath.sqrt(bias2));
    float decay = (float) (1 - learningRate * constants.weightDecay);
    int from = worker.shareStart(weights.data().length, CHUNK);
    int to = worker.shareEnd(weights.data().length, CHUNK);
    for (ParameterLayout.Tensor tensor : weights.layout().tensors()) {
      int start = Math.max(from, tensor.offset());
      int end = Math.min(to, tensor.offset() + tensor.size());
      update(start, end, factor, rate, root, tensor.isMatrix() ? decay : 1);
    }
    worker.barrier();
  }

  private void update(int start, int end, float factor, float rate, float root, float decay) {
    float beta1 = (float) constants.beta1;
    float beta2 = (float) constants.beta2;
    float epsilon = (float) constants.epsilon;
    update(weights.data(), gradients.data(), mean.data(), meanSquare.data(), start, end, factor, beta1, 1 - beta1,
        beta2,
        1 - beta2, epsilon, rate, root, decay);
  }

  private static void update(float[] w, float[] g, float[] m, float[] v, int start, int end, float factor, float beta1,
      float rest1, float beta2, float rest2, float epsilon, float rate, float root, float decay) {
    for (int i = start; i < end; i++) {
      float d = g[i] * factor;
      float mean = beta1 * m[i] + rest1 * d;
      float square = beta2 * v[i] + rest2 * d * d;
      m[i] = mean;
      v[i] = square;
      w[i] = decay * w[i] - rate * mean / ((float) Math.sqrt(square) * root + epsilon);
      g[i] = 0;
    }
  }
}
