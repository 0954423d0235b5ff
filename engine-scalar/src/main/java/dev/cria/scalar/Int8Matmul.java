package dev.cria.scalar;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;
import java.util.function.Predicate;

/**
 * Products whose activations are rounded to int8, as llama2.c's {@code runq} does.
 *
 * <p>A row of x is rounded group by group: {@code scale = max |x| / 127}, levels {@code x / scale} rounded half away from zero.
 * Then, groups ascending, {@code sum = sum + levels · levels * scale of w * scale of x}; the dot product of the levels is an
 * integer, and each of the other three operations is rounded. A minimum of a group is multiplied by the sum of its levels of x,
 * and subtracted before the scale of x is applied.
 */
final class Int8Matmul {

  /** What is decoded of a row of w. */
  private static final int DECODED = Dot.SCRATCH_FLOATS;

  private static final int LARGEST = 127;

  private Int8Matmul() {}

  /** Floats of scratch that a worker needs: what is decoded of w, then levels, scales and totals of a row of x. */
  static int scratchFloats(int width) {
    return DECODED + 3 * width;
  }

  /**
   * Multiplies one to three row-major matrices by the rows of {@code x}; a unit is a row of one matrix.
   *
   * @param rounded the encodings that are multiplied by rounded rows; others are by rows as they are
   * @param groupSize of all that are
   */
  static void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x,
      Predicate<Encoding> rounded, int groupSize) {
    for (int r = 0; r < x.rows(); r++) {
      quantise(x.data(), x.index(r), x.cols(), groupSize, worker.scratch());
      for (int m = 0; m < out.size(); m++) {
        rows(worker, out.get(m), product, m, x, r, rounded);
      }
    }
  }

  private static void rows(Worker worker, FloatMatrix out, FusedMatmul product, int matrix, FloatMatrix x, int r,
      Predicate<Encoding> rounded) {
    WeightMatrix w = product.weights().get(matrix);
    int end = worker.shareEnd(w.rows(), 1);
    for (int row = worker.shareStart(w.rows(), 1); row < end; row++) {
      float sum = dot(w, row, x, r, rounded, worker.scratch());
      int at = out.index(r) + row;
      out.data()[at] = switch (product.epilogue()) {
        case Epilogue.Bias bias -> sum + bias.biases().get(matrix)[row];
        case Epilogue.Add add -> out.data()[at] + sum;
        case Epilogue.None none -> sum;
        case Epilogue.Gated gated -> activated(gated.gate(), sum)
            * dot(product.weights().get(1), row, x, r, rounded, worker.scratch());
      };
    }
  }

  private static float activated(Gate gate, float sum) {
    return gate == Gate.SILU ? Exp.silu(sum) : Exp.gelu(sum);
  }

  /** Rounds a row of x: its levels, then the scales of its groups, then the sums of their levels, behind what is decoded of w. */
  static void quantise(float[] x, int start, int cols, int size, float[] scratch) {
    for (int group = 0; group < cols / size; group++) {
      int first = start + group * size;
      float largest = 0;
      for (int k = first; k < first + size; k++) {
        largest = Math.max(largest, Math.abs(x[k]));
      }
      float scale = largest / LARGEST;
      float total = 0;
      for (int k = 0; k < size; k++) {
        float level = scale == 0 ? 0 : level(x[first + k] / scale);
        scratch[DECODED + group * size + k] = level;
        total += level;
      }
      scratch[DECODED + cols + group] = scale;
      scratch[DECODED + cols + cols / size + group] = total;
    }
  }

  /** The nearest integer, half away from zero, as C's {@code round}, but within ±127, and 0 for NaN. */
  static int level(float value) {
    double magnitude = Math.floor(Math.min(Math.abs((double) value), LARGEST) + 0.5);
    return (int) Math.copySign(magnitude, value);
  }

  private static float dot(WeightMatrix w, int row, FloatMatrix x, int r, Predicate<Encoding> rounded,
      float[] scratch) {
    return rounded.test(w.encoding())
        ? dot((ScaledEncoding) w.encoding(), w, row, scratch)
        : Dot.dot(scratch, w, row, x.data(), x.index(r));
  }

  private static float dot(ScaledEncoding encoding, WeightMatrix w, int row, float[] scratch) {
    int size = encoding.groupSize();
    int cols = w.cols();
    int block = encoding.blockSize();
    int groups = block / size;
    long from = row * encoding.rowBytes(cols);
    float sum = 0;
    for (int k = 0; k < cols; k += block, from += encoding.blockBytes()) {
      encoding.decodeGroups(w.data(), from, scratch, 0, block);
      for (int group = 0; group < groups; group++) {
        int column = k + group * size;
        float product = product(scratch, group * size, DECODED + column, size) * scratch[block + group];
        if (encoding.hasMinimum()) {
          float total = scratch[DECODED + cols + (cols + column) / size];
          product = Math.fma(-scratch[block + groups + group], total, product);
        }
        sum = sum + product * scratch[DECODED + cols + column / size];
      }
    }
    return sum;
  }

  /** The dot product of two groups of levels. */
  private static int product(float[] scratch, int w, int x, int size) {
    int product = 0;
    for (int k = 0; k < size; k++) {
      product += ((int) scratch[w + k]) * ((int) scratch[x + k]);
    }
    return product;
  }
}
