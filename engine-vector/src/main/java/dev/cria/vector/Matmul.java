package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;

/**
 * Matrix products with their epilogues: divides the work over the workers.
 *
 * <p>One row of activations is bound by memory, and each worker reads an equal share of the weights, without a jump. Several rows are
 * bound by arithmetic, and every tile of the output is drawn by whoever is free.
 */
final class Matmul {

  /** Rows that are never shared: half a panel. */
  private static final int UNIT = PanelLayout.ROWS / 2;

  /** Rows of x of a tile, of a matrix with few panels whose weights need not be unpacked again for each. */
  private static final int TILE_ROWS = 64;

  /** So many panels for each worker are enough to even out their speeds. */
  private static final int ENOUGH_PANELS = 4;

  private Matmul() {}

  /**
   * Multiplies one to three matrices by the rows of {@code x}, in one pass; where activations are rounded, in one for every so many
   * rows.
   */
  static void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    if (x.rows() == 1 || !Int8Layout.isOfSome(product)) {
      pass(worker, out, product, x, 0, x.rows());
      return;
    }
    for (int start = 0; start < x.rows(); start += Int8Activations.MOST_ROWS) {
      if (start > 0) {
        worker.barrier(); // so that tiles are dealt anew
      }
      int end = Math.min(start + Int8Activations.MOST_ROWS, x.rows());
      Int8Activations.makeFours(x, start, end, worker.scratch());
      pass(worker, out, product, x, start, end);
    }
  }

  /** Multiplies the rows {@code start .. end} of x. */
  private static void pass(
      Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x, int start, int end) {
    if (x.rows() > 1 && worker.count() > 1) {
      drawn(worker, out, product, x, start, end);
    } else {
      shared(worker, out, product, x, start, end);
    }
  }

  /** In equal shares of half panels, all outputs in a line. */
  private static void shared(
      Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x, int xStart, int xEnd) {
    int units = 0;
    for (int m = 0; m < out.size(); m++) {
      units += units(product.weights().get(m));
    }
    int start = worker.shareStart(units, 1);
    int end = worker.shareEnd(units, 1);
    for (int m = 0; m < out.size(); m++) {
      int rows = product.weights().get(m).rows();
      int from = Math.max(start, 0) * UNIT;
      int to = Math.min(end * UNIT, rows);
      if (from < to) {
        product(worker, out.get(m), product, m, x, from, to, xStart, xEnd);
      }
      start -= units(product.weights().get(m));
      end -= units(product.weights().get(m));
    }
  }

  private static int units(WeightMatrix w) {
    return Math.ceilDiv(w.rows(), UNIT);
  }

  /** In tiles, a panel of outputs for some rows of x, all outputs in a line. */
  private static void drawn(
      Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x, int xStart, int xEnd) {
    int tile = worker.draw();
    int before = 0; // tiles of the matrices before this one
    for (int m = 0; m < out.size(); m++) {
      WeightMatrix w = product.weights().get(m);
      int panels = Math.ceilDiv(w.rows(), PanelLayout.ROWS);
      int tileRows = panels < ENOUGH_PANELS * worker.count() && w.layout() instanceof PanelLayout
          ? TILE_ROWS
          : xEnd - xStart;
      int across = Math.ceilDiv(xEnd - xStart, tileRows);
      int tiles = panels * across;
      for (; tile - before < tiles; tile = worker.draw()) {
        int from = (tile - before) / across * PanelLayout.ROWS;
        int start = xStart + (tile - before) % across * tileRows;
        product(worker, out.get(m), product, m, x, from, Math.min(from + PanelLayout.ROWS, w.rows()), start,
            Math.min(start + tileRows, xEnd));
      }
      before += tiles;
    }
  }

  /** Outputs {@code from .. to} of a matrix, for the rows {@code start .. end} of x. */
  private static void product(Worker worker, FloatMatrix out, FusedMatmul product, int matrix, FloatMatrix x, int from,
      int to, int start, int end) {
    WeightMatrix w = product.weights().get(matrix);
    if (product.epilogue() instanceof Epilogue.Gated gated) {
      gated(worker, out, gated.gate(), w, product.weights().get(1), x, from, to, start, end);
    } else {
      single(worker, out, product.epilogue(), matrix, w, x, from, to, start, end);
    }
  }

  private static void single(Worker worker, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w,
      FloatMatrix x, int from, int to, int start, int end) {
    boolean one = x.rows() == 1;
    if (one && w.layout() instanceof PanelLayout) {
      OneRow.product(worker.scratch(), out, epilogue, matrix, w, x, from, to);
    } else if (one && w.layout() instanceof PackedLayout) {
      PackedRow.product(worker.scratch(), out, epilogue, matrix, w, x, from, to);
    } else {
      if (x.rows() == 1 && Int8Layout.isOf(w)) {
        Int8Activations.makeFours(x, 0, 1, worker.scratch());
      }
      ManyRows.product(worker, out, epilogue, matrix, w, x, from, to, start, end);
    }
  }

  private static void gated(Worker worker, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x,
      int from, int to, int start, int end) {
    boolean one = x.rows() == 1 && w.layout().equals(up.layout());
    if (one && w.layout() instanceof PanelLayout) {
      OneRow.gated(worker.scratch(), out, gate, w, up, x, from, to);
    } else if (one && w.layout() instanceof PackedLayout) {
      PackedRow.gated(worker.scratch(), out, gate, w, up, x, from, to);
    } else {
      if (x.rows() == 1 && (Int8Layout.isOf(w) || Int8Layout.isOf(up))) {
        Int8Activations.makeFours(x, 0, 1, worker.scratch());
      }
      ManyRows.gated(worker, out, gate, w, up, x, from, to, start, end);
    }
  }
}
