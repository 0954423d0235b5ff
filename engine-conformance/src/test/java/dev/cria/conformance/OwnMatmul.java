package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A right kernel that multiplies plain F32 matrices itself; mutants override one of its parts. */
class OwnMatmul extends ForwardingKernel {

  OwnMatmul(Kernel base) {
    super(base);
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    if (!isOurs(product)) {
      super.matmul(worker, out, product, x);
      return;
    }
    check(out, product, x);
    multiply(worker, out, product, x);
  }

  void multiply(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    for (int m = 0; m < out.size(); m++) {
      int rows = product.weights().get(m).rows();
      int end = end(worker, rows);
      for (int row = start(worker, rows); row < end; row++) {
        row(worker, out.get(m), product.weights().get(m), row, x);
      }
    }
  }

  final void row(Worker worker, FloatMatrix out, WeightMatrix w, int row, FloatMatrix x) {
    for (int r = 0; r < x.rows(); r++) {
      out.data()[out.index(r) + row] = sum(worker, w, row, x, r);
    }
  }

  void check(List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    Shapes.checkMatmul(out, product, x);
  }

  int start(Worker worker, int rows) {
    return worker.shareStart(rows, 1);
  }

  int end(Worker worker, int rows) {
    return worker.shareEnd(rows, 1);
  }

  float sum(Worker worker, WeightMatrix w, int row, FloatMatrix x, int r) {
    float s = 0;
    for (int k = 0; k < w.cols(); k++) {
      s = next(s, Math.fma(weight(w, row, k), x.data()[x.index(r) + k], s), k, w.cols());
    }
    return s;
  }

  /** What a sum becomes after term {@code k}. */
  float next(float before, float after, int k, int cols) {
    return after;
  }

  static float weight(WeightMatrix w, int row, int k) {
    MemorySegment data = w.data();
    return data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * ((long) row * w.cols() + k));
  }

  private static boolean isOurs(FusedMatmul product) {
    for (int m = 0; m < product.weights().size(); m++) {
      if (!product.weights().get(m).encoding().name().equals(Encoding.F32)) {
        return false;
      }
    }
    return product.epilogue() instanceof Epilogue.None;
  }
}
