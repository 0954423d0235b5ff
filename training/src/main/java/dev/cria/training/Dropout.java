package dev.cria.training;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;

/**
 * Leaves out a share of what a block adds to the residual stream, and makes up for it by scaling the rest.
 *
 * <p>Which elements, a hash of their place and of the noise decides: the backward pass computes it again, and no worker depends
 * on another.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014, Dropout</a>
 */
final class Dropout {

  private static final int RANGE = 1 << 24;

  private final int threshold; // of RANGE: hashes below it are left out
  private final float scale;

  Dropout(double rate) {
    this.threshold = (int) (rate * RANGE);
    this.scale = (float) (1 / (1 - rate));
  }

  /** Whether anything is left out. */
  boolean isOn() {
    return threshold > 0;
  }

  /** {@code y = x + mask * y}, with a barrier at the end; all {@code (rows, dim)}. */
  void add(Worker worker, FloatMatrix y, FloatMatrix x, int noise) {
    int start = worker.shareStart(y.rows(), 1) * y.cols();
    int end = worker.shareEnd(y.rows(), 1) * y.cols();
    for (int i = start; i < end; i++) {
      y.data()[i] = x.data()[i] + mask(i, noise) * y.data()[i];
    }
    worker.barrier();
  }

  /** {@code out = mask * d}, with a barrier at the end. */
  void back(Worker worker, FloatMatrix out, FloatMatrix d, int noise) {
    int start = worker.shareStart(d.rows(), 1) * d.cols();
    int end = worker.shareEnd(d.rows(), 1) * d.cols();
    for (int i = start; i < end; i++) {
      out.data()[i] = mask(i, noise) * d.data()[i];
    }
    worker.barrier();
  }

  private float mask(int place, int noise) {
    return (mix(place * 0x9E3779B9 + noise) >>> 8) < threshold ? 0 : scale;
  }

  /** The finaliser of MurmurHash3: every bit depends on all. */
  static int mix(int value) {
    int h = value;
    h ^= h >>> 16;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
