package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** One {@link Kernel#gemm}. Bound: {@code γ_{k+2} (Σ|aᵢₖbₖⱼ| + |out|)}. */
record GemmCase(Output out, FloatMatrix view, FloatMatrix a, FloatMatrix b, GemmForm form, List<Memory> inputs)
    implements
      Case {

  GemmCase(FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    this(Output.of("out", out), out, a, b, form, List.of(Memory.of("a", a.data()), Memory.of("b", b.data())));
  }

  /** New operands with gaps between their rows. */
  static GemmCase of(Samples samples, int m, int n, int k, GemmForm form) {
    FloatMatrix a = form.transposeA() ? samples.strided(k, m) : samples.strided(m, k);
    FloatMatrix b = form.transposeB() ? samples.strided(n, k) : samples.strided(k, n);
    return new GemmCase(samples.strided(m, n), a, b, form);
  }

  @Override public KernelLimits limits(int workers) {
    int rows = Math.max(view.rows(), Math.max(a.rows(), b.rows()));
    int width = Math.max(view.cols(), Math.max(a.cols(), b.cols()));
    return new KernelLimits(rows, width, 1, 1, 1, workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.gemm(worker, view, a, b, form);
  }

  @Override public List<Output> outputs() {
    return List.of(out);
  }

  @Override public List<Expected> expected(Kernel kernel) {
    Expected expected = new Expected(view.rows() * view.cols());
    int inner = form.transposeA() ? a.rows() : a.cols();
    for (int i = 0; i < view.rows(); i++) {
      for (int j = 0; j < view.cols(); j++) {
        double old = form.accumulate() ? view.data()[view.index(i) + j] : 0;
        double sum = old;
        double magnitude = Math.abs(old);
        for (int k = 0; k < inner; k++) {
          double term = (double) OracleKernel.element(a, form.transposeA(), i, k)
              * OracleKernel.element(b, form.transposeB(), k, j);
          sum += term;
          magnitude += Math.abs(term);
        }
        expected.set(i * view.cols() + j, sum,
            Rounding.gamma(inner + 2) * magnitude + Rounding.underflow(inner, 0));
      }
    }
    return List.of(expected);
  }

  @Override public int rows() {
    return view.rows();
  }

  @Override public Case row(int row) {
    FloatMatrix rowOfA = form.transposeA() ? Rows.column(a, row) : Rows.of(a, row);
    return new GemmCase(out, Rows.of(view, row), rowOfA, b, form, inputs);
  }
}
