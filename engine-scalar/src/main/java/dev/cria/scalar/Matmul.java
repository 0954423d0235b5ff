package dev.cria.scalar;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** Matrix products with their epilogues, over row-major weights. */
final class Matmul {

  private Matmul() {}

  /** Multiplies one to three matrices by the rows of {@code x}; a unit is a row of one matrix. */
  static void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    if (product.epilogue() instanceof Epilogue.Gated gated) {
      gated(worker, out.getFirst(), product, gated.gate(), x);
    } else {
      for (int m = 0; m < product.weights().size(); m++) {
        single(worker, out.get(m), product.weights().get(m), product.epilogue(), m, x);
      }
    }
  }

  private static void single(
      Worker worker, FloatMatrix out, WeightMatrix w, Epilogue epilogue, int matrix, FloatMatrix x) {
    int end = worker.shareEnd(w.rows(), 1);
    for (int row = worker.shareStart(w.rows(), 1); row < end; row++) {
      for (int r = 0; r < x.rows(); r++) {
        float sum = Dot.dot(worker.scratch(), w, row, x.data(), x.index(r));
        int at = out.index(r) + row;
        out.data()[at] = switch (epilogue) {
          case Epilogue.Bias bias -> sum + bias.biases().get(matrix)[row];
          case Epilogue.Add add -> out.data()[at] + sum;
          case Epilogue.None none -> sum;
          case Epilogue.Gated gated -> throw new IllegalStateException("gated products take two matrices at once");
        };
      }
    }
  }

  private static void gated(Worker worker, FloatMatrix out, FusedMatmul product, Gate gate, FloatMatrix x) {
    WeightMatrix gateProj = product.weights().getFirst();
    WeightMatrix upProj = product.weights().getLast();
    int end = worker.shareEnd(gateProj.rows(), 1);
    for (int row = worker.shareStart(gateProj.rows(), 1); row < end; row++) {
      for (int r = 0; r < x.rows(); r++) {
        float gateSum = Dot.dot(worker.scratch(), gateProj, row, x.data(), x.index(r));
        float upSum = Dot.dot(worker.scratch(), upProj, row, x.data(), x.index(r));
        float activated = gate == Gate.SILU ? Exp.silu(gateSum) : Exp.gelu(gateSum);
        out.data()[out.index(r) + row] = activated * upSum;
      }
    }
  }
}
