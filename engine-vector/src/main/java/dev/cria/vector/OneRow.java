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
      if (row % STRIP == 0 && row + 4 * STRIP <= to) {
        count = 4 * STRIP;
        F32Panels.fourStrips(
            w.data(), PanelLayout.start(row, w.cols()), w.data(), PanelLayout.start(row + STRIP, w.cols()),
            w.data(), PanelLayout.start(row + 2 * STRIP, w.cols()), w.data(),
            PanelLayout.start(row + 3 * STRIP, w.cols()), x.data(), x.offset(), x.cols(), sums, Scratch.SUMS);
      } else {
        count = few(row, to);
        multiply(w, row, count, x, sums, Scratch.SUMS);
      }
      Epilogues.finish(epilogue, matrix, out, 0, row, count, sums, Scratch.SUMS);
    }
  }

  /** Outputs {@code from .. to} of a gated product. */
  static void gated(
      float[] sums, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    int upSums = Scratch.SUMS + 2 * STRIP;
    for (int row = from, count; row < to; row += count) {
      if (row % STRIP == 0 && row + 2 * STRIP <= to) {
        count = 2 * STRIP;
        long first = PanelLayout.start(row, w.cols());
        long second = PanelLayout.start(row + STRIP, w.cols());
        F32Panels.fourStrips(w.data(), first, w.data(), second, up.data(), first, up.data(), second, x.data(),
            x.offset(), x.cols(), sums, Scratch.SUMS);
      } else {
        count = few(row, to);
        multiply(w, row, count, x, sums, Scratch.SUMS);
        multiply(up, row, count, x, sums, upSums);
      }
      Gates.finish(gate, out, 0, row, count, sums, Scratch.SUMS, upSums);
    }
  }

  /** How many rows from {@code row} on lie in one strip, or in half of one if they start with its second half. */
  private static int few(int row, int to) {
    return Math.min(to - row, row % STRIP == 0 ? STRIP : STRIP / 2);
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
