package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Products with many rows of activations, bound by arithmetic, and those of matrices that are not in panels.
 *
 * <p>A panel is cut in pieces, which stay in the cache while all rows are multiplied by one. A matrix that is not in panels of
 * floats is made so piece by piece.
 */
final class ManyRows {

  private static final int PANEL = PanelLayout.ROWS;

  /** Columns of a piece that is unpacked: as floats, it fits in the first cache. */
  private static final int UNPACKED = 128;

  private ManyRows() {}

  /** Outputs {@code from .. to} of one matrix, for the rows {@code start .. end} of x. */
  static void product(Worker worker, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x,
      int from, int to, int start, int end) {
    float[] sums = worker.scratch();
    for (int row = from, count; row < to; row += count) {
      int skip = row % PANEL;
      count = Math.min(PANEL - skip, to - row);
      for (int first = start; first < end; first += Scratch.SUM_ROWS) {
        int rows = Math.min(Scratch.SUM_ROWS, end - first);
        sum(worker, w, row - skip, x, first, rows, sums, Scratch.SUMS);
        for (int r = 0; r < rows; r++) {
          Epilogues.finish(epilogue, matrix, out, first + r, row, count, sums, Scratch.SUMS + r * PANEL + skip);
        }
      }
    }
  }

  /** Outputs {@code from .. to} of a gated product, for the rows {@code start .. end} of x. */
  static void gated(Worker worker, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from,
      int to, int start, int end) {
    float[] sums = worker.scratch();
    int most = Scratch.SUM_ROWS / 2;
    int upSums = Scratch.SUMS + most * PANEL;
    for (int row = from, count; row < to; row += count) {
      int skip = row % PANEL;
      count = Math.min(PANEL - skip, to - row);
      for (int first = start; first < end; first += most) {
        int rows = Math.min(most, end - first);
        sum(worker, w, row - skip, x, first, rows, sums, Scratch.SUMS);
        sum(worker, up, row - skip, x, first, rows, sums, upSums);
        for (int r = 0; r < rows; r++) {
          int at = r * PANEL + skip;
          Gates.finish(gate, out, first + r, row, count, sums, Scratch.SUMS + at, upSums + at);
        }
      }
    }
  }

  /** Writes the products of the panel that starts with {@code row}, 64 sums for each row of x from {@code first} on. */
  private static void sum(
      Worker worker, WeightMatrix w, int row, FloatMatrix x, int first, int rows, float[] sums, int at) {
    Arrays.fill(sums, at, at + rows * PANEL, 0f);
    Encoding encoding = w.encoding();
    int step = pieceColumns(w);
    for (int k = 0; k < w.cols(); k += step) {
      int cols = Math.min(step, w.cols() - k);
      MemorySegment piece = w.data();
      long start = PanelLayout.start(row, w.cols()) + k * PanelLayout.COLUMN_BYTES;
      if (!(w.layout() instanceof PanelLayout)) {
        piece = worker.sharedScratch();
        start = Scratch.piece(worker);
        unpack(w, row, k, cols, worker.scratch(), piece, start);
      }
      int xStart = x.index(first) + k;
      if (Int8Layout.isOf(w)) {
        Int8Panels.add((ScaledEncoding) encoding, piece, start, first, rows, k / Int8Layout.GROUP, cols, w.cols(), sums,
            at);
      } else if (encoding instanceof ScaledEncoding scaled) {
        ScaledPanels.add(scaled, piece, start, x.data(), xStart, x.stride(), rows, cols, sums, at);
      } else {
        add(piece, start, x.data(), xStart, x.stride(), rows, cols, sums, at);
      }
    }
  }

  /** Columns of a piece: whole groups, and whole blocks if those are unpacked. */
  private static int pieceColumns(WeightMatrix w) {
    Encoding encoding = w.encoding();
    if (w.layout() instanceof PackedLayout) {
      int group = encoding instanceof ScaledEncoding scaled ? scaled.groupSize() : 1;
      return Math.max(1, UNPACKED / group) * group;
    }
    return Encoding.MAX_BLOCK_SIZE / encoding.blockSize() * encoding.blockSize();
  }

  /** Writes a piece of a panel as columns of floats, or of pairs of codes for activations that are rounded. */
  private static void unpack(
      WeightMatrix w, int row, int col, int cols, float[] scratch, MemorySegment piece, long start) {
    if (w.layout() instanceof PackedLayout packed) {
      packed.unpack(w, row, col, cols, piece, start);
    } else {
      Packing.pack(w, row, col, cols, false, scratch, piece, start);
      if (Int8Layout.isOf(w)) {
        Int8Panels.vectorPairUp(piece, start, ((ScaledEncoding) w.encoding()).lowestLevel(), cols);
      }
    }
  }

  /** Adds the products of one piece of a panel with rows of x, four at a time, to their sums. */
  private static void add(
      MemorySegment piece, long start, float[] x, int xStart, int rowStep, int rows, int cols, float[] sums, int at) {
    for (int r = 0; r < rows; r += 4) {
      for (int strip = 0; strip < PANEL; strip += F32Panels.STRIP) {
        F32Panels.fourRows(piece, start + (long) strip * Float.BYTES, x, xStart + r * rowStep, rowStep, 1,
            Math.min(4, rows - r), cols, sums, at + r * PANEL + strip, PANEL);
      }
    }
  }
}
