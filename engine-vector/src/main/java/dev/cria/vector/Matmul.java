package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
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
    Epilogue epilogue = product.epilogue();
    WeightMatrix w = product.weights().get(matrix);
    if (epilogue instanceof Epilogue.Gated gated) {
      WeightMatrix up = product.weights().get(1);
      if (x.rows() == 1 && isPacked(w) && isPacked(up)) {
        OneRow.gated(worker.scratch(), out, gated.gate(), w, up, x, from, to);
      } else {
        ManyRows.gated(worker, out, gated.gate(), w, up, x, from, to);
      }
    } else if (x.rows() == 1 && isPacked(w)) {
      OneRow.product(worker.scratch(), out, epilogue, matrix, w, x, from, to);
    } else {
      ManyRows.product(worker, out, epilogue, matrix, w, x, from, to);
    }
  }

  private static boolean isPacked(WeightMatrix w) {
    return w.layout() instanceof PanelLayout;
  }
}
