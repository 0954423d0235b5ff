package dev.cria.training;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;

/**
 * The backward pass of {@code y = gain * r * x}, {@code r = 1 / sqrt(mean(x²) + epsilon)}:
 * {@code dx = r * gain * dy - x * r³ * mean(gain * dy * x)}, {@code dgain = Σ over rows of r * dy * x}.
 *
 * @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019, Root Mean Square Layer Normalization, §4</a>
 */
final class NormGradient {

  private static final int COLUMNS = 16; // a worker's share of the gains, at least

  private final float epsilon;
  private final float[] inverse; // (rows,): r of each row
  private final float[][] weighted; // by worker, (dim,): gain * dy of one row

  NormGradient(int rows, int dim, float epsilon, int workers) {
    this.epsilon = epsilon;
    this.inverse = new float[rows];
    this.weighted = new float[workers][dim];
  }

  /**
   * Adds the gradients, and ends with a barrier.
   *
   * @param dx {@code (rows, dim)}
   * @param dGain {@code (1, dim)}
   * @param dy {@code (rows, dim)}
   * @param x {@code (rows, dim)}
   * @param gain {@code (1, dim)}
   */
  void add(Worker worker, FloatMatrix dx, FloatMatrix dGain, FloatMatrix dy, FloatMatrix x, FloatMatrix gain) {
    int end = worker.shareEnd(x.rows(), 1);
    float[] product = weighted[worker.index()];
    for (int row = worker.shareStart(x.rows(), 1); row < end; row++) {
      addRow(row, dx, dy, x, gain, product);
    }
    worker.barrier();
    addToGain(worker, dGain, dy, x);
    worker.barrier();
  }

  private void addRow(int row, FloatMatrix dx, FloatMatrix dy, FloatMatrix x, FloatMatrix gain, float[] product) {
    int n = x.cols();
    multiply(gain.data(), gain.offset(), dy.data(), dy.index(row), product, n);
    float meanSquare = Sums.ofProducts(x.data(), x.index(row), x.data(), x.index(row), n) / n;
    float r = 1 / (float) Math.sqrt(meanSquare + epsilon);
    float along = Sums.ofProducts(product, 0, x.data(), x.index(row), n) / n * r * r * r;
    inverse[row] = r;
    addDifference(dx.data(), dx.index(row), product, r, x.data(), x.index(row), along, n);
  }

  private static void multiply(float[] a, int aAt, float[] b, int bAt, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[aAt + i] * b[bAt + i];
    }
  }

  private static void addDifference(float[] out, int at, float[] a, float r, float[] x, int xAt, float along, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] += r * a[i] - along * x[xAt + i];
    }
  }

  /** Rows ascending, whoever has the column. */
  private void addToGain(Worker worker, FloatMatrix dGain, FloatMatrix dy, FloatMatrix x) {
    int from = worker.shareStart(dGain.cols(), COLUMNS);
    int count = worker.shareEnd(dGain.cols(), COLUMNS) - from;
    for (int row = 0; row < x.rows(); row++) {
      addProducts(dGain.data(), dGain.offset() + from, dy.data(), dy.index(row) + from, x.data(), x.index(row) + from,
          inverse[row], count);
    }
  }

  private static void addProducts(float[] out, int at, float[] a, int aAt, float[] b, int bAt, float factor, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] += a[aAt + i] * b[bAt + i] * factor;
    }
  }
}
