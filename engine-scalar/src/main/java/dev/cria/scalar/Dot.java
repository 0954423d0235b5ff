package dev.cria.scalar;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;

/** The product of one row of weights, in any encoding, with one row of activations. */
final class Dot {

  /** Floats of scratch that a worker needs: levels, scales and minimums of what is decoded at a time. */
  static final int SCRATCH_FLOATS = 3 * Encoding.MAX_BLOCK_SIZE;

  private Dot() {}

  /** {@code Σ w[row][k] * x[start + k]}, k ascending. */
  static float dot(float[] scratch, WeightMatrix w, int row, float[] x, int start) {
    Encoding encoding = w.encoding();
    int step = Encoding.MAX_BLOCK_SIZE / encoding.blockSize() * encoding.blockSize();
    long rowStart = row * encoding.rowBytes(w.cols());
    float sum = 0f;
    for (int k = 0; k < w.cols(); k += step) {
      int count = Math.min(step, w.cols() - k);
      long at = rowStart + encoding.rowBytes(k);
      if (encoding instanceof ScaledEncoding scaled) {
        scaled.decodeGroups(w.data(), at, scratch, 0, count);
        sum = addGroups(sum, scaled, scratch, x, start + k, count);
      } else {
        encoding.decode(w.data(), at, scratch, 0, count);
        sum = addElements(sum, scratch, x, start + k, count);
      }
    }
    return sum;
  }

  private static float addElements(float sum, float[] weights, float[] x, int start, int count) {
    for (int k = 0; k < count; k++) {
      sum = Math.fma(weights[k], x[start + k], sum);
    }
    return sum;
  }

  /** Adds group after group: the levels are multiplied first, the scale once. */
  private static float addGroups(float sum, ScaledEncoding encoding, float[] decoded, float[] x, int start, int count) {
    int size = encoding.groupSize();
    int groups = count / size;
    for (int group = 0; group < groups; group++) {
      float product = 0f;
      float total = 0f;
      for (int k = group * size; k < (group + 1) * size; k++) {
        product = Math.fma(decoded[k], x[start + k], product);
        total = total + x[start + k];
      }
      sum = Math.fma(decoded[count + group], product, sum);
      if (encoding.hasMinimum()) {
        sum = Math.fma(-decoded[count + groups + group], total, sum);
      }
    }
    return sum;
  }
}
