package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The general matrix product: columns of {@code op(b)} are packed like rows of weights, and rows of {@code op(a)} are
 * multiplied by them.
 */
final class Gemm {

  private static final int PANEL = PanelLayout.ROWS;
  private static final int COLS = Encoding.MAX_BLOCK_SIZE;

  private Gemm() {}

  /** {@code out (+)= op(a) · op(b)}; a unit is a tile of 256 rows and 64 columns of {@code out}. */
  static void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    int panels = Math.ceilDiv(out.cols(), PANEL);
    int tiles = Math.ceilDiv(out.rows(), Scratch.SUM_ROWS) * panels;
    int end = worker.shareEnd(tiles, 1);
    for (int tile = worker.shareStart(tiles, 1); tile < end; tile++) {
      int row = tile / panels * Scratch.SUM_ROWS;
      int rows = Math.min(Scratch.SUM_ROWS, out.rows() - row);
      int col = tile % panels * PANEL;
      int cols = Math.min(PANEL, out.cols() - col);
      sum(worker, a, b, form, row, rows, col, cols);
      store(worker.scratch(), out, form.accumulate(), row, rows, col, cols);
    }
  }

  /** Writes the sums of one tile, 64 for each row. */
  private static void sum(
      Worker worker, FloatMatrix a, FloatMatrix b, GemmForm form, int row, int rows, int col, int cols) {
    float[] sums = worker.scratch();
    Arrays.fill(sums, Scratch.SUMS, Scratch.SUMS + rows * PANEL, 0f);
    int inner = form.transposeA() ? a.rows() : a.cols();
    int aRow = form.transposeA() ? 1 : a.stride();
    int aStep = form.transposeA() ? a.stride() : 1;
    MemorySegment piece = worker.sharedScratch();
    long start = Scratch.piece(worker);
    for (int k = 0; k < inner; k += COLS) {
      int count = Math.min(COLS, inner - k);
      if (form.transposeB()) {
        packRows(b, col, cols, k, count, piece, start);
      } else {
        packColumns(b, k, count, col, cols, piece, start);
      }
      int aStart = a.offset() + row * aRow + k * aStep;
      multiply(piece, start, cols, a.data(), aStart, aRow, aStep, rows, count, sums);
    }
  }

  /** Adds the products of the columns in use; of a strip with few, by halves. */
  private static void multiply(MemorySegment piece, long start, int cols, float[] a, int aStart, int aRow, int aStep,
      int rows, int count, float[] sums) {
    int halves = Math.ceilDiv(cols, HalfStrips.ROWS);
    for (int half = 0; half < halves; half += 2) {
      int col = half * HalfStrips.ROWS;
      long at = start + (long) col * Float.BYTES;
      boolean whole = half + 1 < halves;
      int step = whole ? 4 : 8;
      for (int r = 0; r < rows; r += step) {
        int some = Math.min(step, rows - r);
        int x = aStart + r * aRow;
        int sum = Scratch.SUMS + r * PANEL + col;
        if (whole) {
          F32Panels.fourRows(piece, at, a, x, aRow, aStep, some, count, sums, sum);
        } else {
          HalfStrips.eightRows(piece, at, a, x, aRow, aStep, some, count, sums, sum);
        }
      }
    }
  }

  /** Packs rows of b, which become columns. */
  private static void packRows(FloatMatrix b, int row, int rows, int col, int count, MemorySegment piece, long start) {
    for (int r = 0; r < rows; r += 2) {
      int first = b.index(row + r) + col;
      int second = b.index(row + Math.min(r + 1, rows - 1)) + col;
      Packing.interleave(b.data(), first, second, count, piece, start + (long) r * Float.BYTES);
    }
  }

  /** Copies a part of some rows of b. */
  private static void packColumns(FloatMatrix b, int row, int count, int col, int cols, MemorySegment piece,
      long start) {
    for (int k = 0; k < count; k++) {
      MemorySegment.copy(b.data(), b.index(row + k) + col, piece, Packing.FLOAT, start + k * PanelLayout.COLUMN_BYTES,
          cols);
    }
  }

  private static void store(
      float[] sums, FloatMatrix out, boolean accumulate, int row, int rows, int col, int cols) {
    for (int r = 0; r < rows; r++) {
      int to = out.index(row + r) + col;
      int at = Scratch.SUMS + r * PANEL;
      if (accumulate) {
        Epilogues.add(sums, at, out.data(), to, out.data(), to, cols);
      } else {
        System.arraycopy(sums, at, out.data(), to, cols);
      }
    }
  }
}
