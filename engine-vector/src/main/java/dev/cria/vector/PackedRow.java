package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;

/** Products of packed matrices that are not F32 with one row of activations, a strip or four panels at a time. */
final class PackedRow {

  private static final int STRIP = F32Panels.STRIP;
  private static final int FOUR_PANELS = 4 * PanelLayout.ROWS;

  /** Where the sums of the second matrix of a gated product start. */
  private static final int UP_SUMS = Scratch.SUMS + FOUR_PANELS;

  private PackedRow() {}

  /** Whether it multiplies matrices of that layout. */
  static boolean takes(WeightLayout layout) {
    return layout instanceof LevelLayout || layout instanceof ByteLayout || layout instanceof HalfLayout;
  }

  /** Outputs {@code from .. to} of one matrix. */
  static void product(
      float[] sums, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x, int from, int to) {
    for (int row = from / STRIP * STRIP, rows; row < to; row += rows) {
      rows = rowsAtOnce(w, row, to);
      multiply(w, row, rows, x, sums, Scratch.SUMS);
      int first = Math.max(row, from);
      int count = Math.min(row + rows, to) - first;
      Epilogues.finish(epilogue, matrix, out, 0, first, count, sums, Scratch.SUMS + first - row);
    }
  }

  /** Outputs {@code from .. to} of a gated product of two matrices in one layout. */
  static void gated(
      float[] sums, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    for (int row = from / STRIP * STRIP, rows; row < to; row += rows) {
      rows = rowsAtOnce(w, row, to);
      multiply(w, row, rows, x, sums, Scratch.SUMS);
      multiply(up, row, rows, x, sums, UP_SUMS);
      for (int strip = row; strip < Math.min(row + rows, to); strip += STRIP) {
        int first = Math.max(strip, from);
        int count = Math.min(strip + STRIP, to) - first;
        Gates.finish(gate, out, 0, first, count, sums, Scratch.SUMS + first - row, UP_SUMS + first - row);
      }
    }
  }

  private static int rowsAtOnce(WeightMatrix w, int row, int to) {
    boolean four = w.layout() instanceof ByteLayout && row % PanelLayout.ROWS == 0 && row + FOUR_PANELS <= to;
    return four ? FOUR_PANELS : STRIP;
  }

  private static void multiply(WeightMatrix w, int row, int rows, FloatMatrix x, float[] sums, int at) {
    if (w.layout() instanceof LevelLayout) {
      LevelRow.multiply(w, row, x, sums, at);
    } else if (w.layout() instanceof HalfLayout) {
      HalfRow.multiply(w, row, x, sums, at);
    } else if (rows == FOUR_PANELS) {
      ByteRow.multiplyFour(w, row, x, sums, at);
    } else {
      ByteRow.multiply(w, row, x, sums, at);
    }
  }
}
