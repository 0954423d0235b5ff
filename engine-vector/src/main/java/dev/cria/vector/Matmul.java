package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** Matrix products with their epilogues: shares the rows of all matrices over the workers. */
final class Matmul {

  /** Rows that are never shared: half a panel. */
  private static final int UNIT = PanelLayout.ROWS / 2;

  private Matmul() {}

  /** Multiplies one to three matrices by the rows of {@code x} in one pass; a unit is half a panel of one output. */
  static void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
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
        rows(worker, out.get(m), product, m, x, from, to);
      }
      start -= units(product.weights().get(m));
      end -= units(product.weights().get(m));
    }
  }

  private static int units(WeightMatrix w) {
    return Math.ceilDiv(w.rows(), UNIT);
  }

  private static void rows(
      Worker worker, FloatMatrix out, FusedMatmul product, int matrix, FloatMatrix x, int from, int to) {
    WeightMatrix w = product.weights().get(matrix);
    if (product.epilogue() instanceof Epilogue.Gated gated) {
      gated(worker, out, gated.gate(), w, product.weights().get(1), x, from, to);
    } else {
      single(worker, out, product.epilogue(), matrix, w, x, from, to);
    }
  }

  private static void single(
      Worker worker, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x, int from, int to) {
    boolean one = x.rows() == 1;
    if (one && w.layout() instanceof PanelLayout) {
      OneRow.product(worker.scratch(), out, epilogue, matrix, w, x, from, to);
    } else if (one && w.layout() instanceof PackedLayout) {
      PackedRow.product(worker.scratch(), out, epilogue, matrix, w, x, from, to);
    } else {
      ManyRows.product(worker, out, epilogue, matrix, w, x, from, to);
    }
  }

  private static void gated(
      Worker worker, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    boolean one = x.rows() == 1 && w.layout().equals(up.layout());
    if (one && w.layout() instanceof PanelLayout) {
      OneRow.gated(worker.scratch(), out, gate, w, up, x, from, to);
    } else if (one && w.layout() instanceof PackedLayout) {
      PackedRow.gated(worker.scratch(), out, gate, w, up, x, from, to);
    } else {
      ManyRows.gated(worker, out, gate, w, up, x, from, to);
    }
  }
}
