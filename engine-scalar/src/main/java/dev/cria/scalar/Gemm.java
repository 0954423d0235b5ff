package dev.cria.scalar;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Worker;

/** The general matrix product. */
final class Gemm {

  private Gemm() {}

  /** {@code out (+)= op(a) · op(b)}; a unit is a row of {@code out}. */
  static void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    int inner = form.transposeA() ? a.rows() : a.cols();
    int aStep = form.transposeA() ? a.stride() : 1;
    int bStep = form.transposeB() ? 1 : b.stride();
    int end = worker.shareEnd(out.rows(), 1);
    for (int i = worker.shareStart(out.rows(), 1); i < end; i++) {
      int aStart = form.transposeA() ? a.offset() + i : a.index(i);
      for (int j = 0; j < out.cols(); j++) {
        int bStart = form.transposeB() ? b.index(j) : b.offset() + j;
        int at = out.index(i) + j;
        float sum = form.accumulate() ? out.data()[at] : 0f;
        for (int k = 0; k < inner; k++) {
          sum = Math.fma(a.data()[aStart + k * aStep], b.data()[bStart + k * bStep], sum);
        }
        out.data()[at] = sum;
      }
    }
  }
}
