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

/**
 * Products of int8 groups as llama2.c's {@code runq} computes them.
 *
 * <p>A row of x is rounded group by group: {@code scale = max |x| / 127}, levels {@code x / scale} rounded half away from zero.
 * Then, groups ascending, {@code sum = sum + levels · levels * scale of w * scale of x}; the dot product of the levels is an
 * integer, and each of the other three operations is rounded.
 */
final class Int8Matmul {

  /** Levels and scales of a row of w. */
  private static final int DECODED = 2 * Encoding.MAX_BLOCK_SIZE;

  private Int8Matmul() {}

  /** Floats of scratch that a worker needs: what is decoded of w, then levels and scales of a row of x. */
  static int scratchFloats(int width) {
    return DECODED + 2 * width;
  }

  /** Multiplies one to three matrices by the rows of {@code x}; a unit is a row of one matrix. */
  static void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    ScaledEncoding encoding = (ScaledEncoding) product.weights().getFirst().encoding();
    for (int r = 0; r < x.rows(); r++) {
      quantise(x.data(), x.index(r), x.cols(), encoding.groupSize(), worker.scratch());
      for (int m = 0; m < out.size(); m++) {
        rows(worker, out.get(m), product, m, encoding, r);
      }
    }
  }

  private static void rows(
      Worker worker, FloatMatrix out, FusedMatmul product, int matrix, ScaledEncoding encoding, int r) {
    WeightMatrix w = product.weights().get(matrix);
    int end = worker.shareEnd(w.rows(), 1);
    for (int row = worker.shareStart(w.rows(), 1); row < end; row++) {
      float sum = dot(encoding, w, row, worker.scratch());
      int at = out.index(r) + row;
      out.data()[at] = switch (product.epilogue()) {
        case Epilogue.Bias bias -> sum + bias.biases().get(matrix)[row];
        case Epilogue.Add add -> out.data()[at] + sum;
        case Epilogue.None none -> sum;
        case Epilogue.Gated gated -> activated(gated.gate(), sum)
            * dot(encoding, product.weights().get(1), row, worker.scratch());
      };
    }
  }

  private static float activated(Gate gate, float sum) {
    return gate == Gate.SILU ? Exp.silu(sum) : Exp.gelu(sum);
  }

  /** Rounds a row of x: its levels, then its scales, behind what is decoded of w. */
  static void quantise(float[] x, int start, int cols, int size, float[] scratch) {
    for (int group = 0; group < cols / size; group++) {
      int first = start + group * size;
      float largest = 0;
      for (int k = first; k < first + size; k++) {
        largest = Math.max(largest, Math.abs(x[k]));
      }
      float scale = largest / 127;
      scratch[DECODED + cols + group] = scale;
      for (int k = 0; k < size; k++) {
        scratch[DECODED + group * size + k] = scale == 0 ? 0 : roundAway(x[first + k] / scale);
      }
    }
  }

  /** The nearest integer, half away from zero, as C's {@code round}. */
  static float roundAway(float value) {
    double away = Math.copySign(Math.floor(Math.abs((double) value) + 0.5), value);
    return (float) away;
  }

  private static float dot(ScaledEncoding encoding, WeightMatrix w, int row, float[] scratch) {
    int size = encoding.groupSize();
    int cols = w.cols();
    long from = row * encoding.rowBytes(cols);
    float sum = 0;
    for (int group = 0; group < cols / size; group++) {
      encoding.decodeGroups(w.data(), from + encoding.rowBytes(group * size), scratch, 0, size);
      int product = 0;
      for (int k = 0; k < size; k++) {
        product += ((int) scratch[k]) * ((int) scratch[DECODED + group * size + k]);
      }
      sum = sum + product * scratch[size] * scratch[DECODED + cols + group];
    }
    return sum;
  }
}
