package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;

/** Products of packed matrices that are not F32 with one row of activations, a strip at a time. */
final class PackedRow {

  private static final int STRIP = F32Panels.STRIP;

  private PackedRow() {}

  /** Whether it multiplies matrices of that layout. */
  static boolean takes(WeightLayout layout) {
    return layout instanceof LevelLayout || layout instanceof HalfLayout;
  }

  /** Outputs {@code from .. to} of one matrix. */
  static void product(
      float[] sums, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x, int from, int to) {
    for (int row = from / STRIP * STRIP; row < to; row += STRIP) {
      multiply(w, row, x, sums, Scratch.SUMS);
      int first = Math.max(row, from);
      int count = Math.min(row + STRIP, to) - first;
      Epilogues.finish(epilogue, matrix, out, 0, first, count, sums, Scratch.SUMS + first - row);
    }
  }

  /** Outputs {@code from .. to} of a gated product. */
  static void gated(
      float[] sums, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    int upSums = Scratch.SUMS + STRIP;
    for (int row = from / STRIP * STRIP; row < to; row += STRIP) {
      multiply(w, row, x, sums, Scratch.SUMS);
      multiply(up, row, x, sums, upSums);
      int first = Math.max(row, from);
      int count = Math.min(row + STRIP, to) - first;
      Gates.finish(gate, out, 0, first, count, sums, Scratch.SUMS + first - row, upSums + first - row);
    }
  }

  private static void multiply(WeightMatrix w, int row, FloatMatrix x, float[] sums, int at) {
    if (w.layout() instanceof LevelLayout) {
      LevelRow.multiply(w, row, x, sums, at);
    } else {
      HalfRow.multiply(w, row, x, sums, at);
    }
  }
}
