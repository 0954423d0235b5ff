package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;

/** Products of packed matrices with one row of activations: what generation is made of, and bound by memory. */
final class OneRow {

  private static final int STRIP = F32Panels.STRIP;

  private OneRow() {}

  /** Outputs {@code from .. to} of one matrix. */
  static void product(
      float[] sums, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x, int from, int to) {
    for (int row = from, count; row < to; row += count) {
      count = count(row, to, 2 * STRIP);
      if (count > STRIP) {
        F32Panels.twoStrips(w.data(), PanelLayout.start(row, w.cols()), w.data(),
            PanelLayout.start(row + STRIP, w.cols()), x.data(), x.offset(), x.cols(), sums, Scratch.SUMS);
      } else {
        multiply(w, row, count, x, sums, Scratch.SUMS);
      }
      Epilogues.finish(epilogue, matrix, out, 0, row, count, sums, Scratch.SUMS);
    }
  }

  /** Outputs {@code from .. to} of a gated product. */
  static void gated(
      float[] sums, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    for (int row = from, count; row < to; row += count) {
      count = count(row, to, STRIP);
      if (count > STRIP / 2) {
        long start = PanelLayout.start(row, w.cols());
        F32Panels.twoStrips(
            w.data(), start, up.data(), start, x.data(), x.offset(), x.cols(), sums, Scratch.SUMS);
      } else {
        multiply(w, row, count, x, sums, Scratch.SUMS);
        multiply(up, row, count, x, sums, Scratch.SUMS + STRIP);
      }
      Gates.finish(gate, out, 0, row, count, sums, Scratch.SUMS, Scratch.SUMS + STRIP);
    }
  }

  /** How many rows from {@code row} on to take together: up to {@code most}, but only half a strip if it starts with one. */
  private static int count(int row, int to, int most) {
    return Math.min(to - row, row % STRIP == 0 ? most : STRIP / 2);
  }

  /** At most a strip of rows. */
  private static void multiply(WeightMatrix w, int row, int count, FloatMatrix x, float[] sums, int at) {
    long start = PanelLayout.start(row, w.cols());
    if (count > STRIP / 2) {
      F32Panels.strip(w.data(), start, x.data(), x.offset(), x.cols(), sums, at);
    } else {
      F32Panels.halfStrip(w.data(), start, x.data(), x.offset(), x.cols(), sums, at);
    }
  }
}
