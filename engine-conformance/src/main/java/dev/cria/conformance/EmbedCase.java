package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.Arrays;
import java.util.List;

/**
 * One {@link Kernel#embed}. A plain encoding is copied; a scaled element is rounded twice at most:
 * {@code γ₂ (|scale · level| + |minimum|)}.
 */
record EmbedCase(Output out, FloatMatrix view, WeightMatrix table, int[] tokens, Memory tokenMemory) implements Case {

  EmbedCase(FloatMatrix out, WeightMatrix table, int[] tokens) {
    this(Output.of("out", out), out, table, tokens, Memory.of("tokens", tokens));
  }

  @Override public KernelLimits limits(int workers) {
    return new KernelLimits(view.rows(), view.cols(), 1, 1, 1, workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.embed(worker, view, table, tokens);
  }

  @Override public void runPlain(Kernel kernel, Worker worker) {
    run(kernel, worker);
  }

  @Override public List<Output> outputs() {
    return List.of(out);
  }

  @Override public List<Memory> inputs() {
    return List.of(tokenMemory, Memory.of("table", table.data()));
  }

  @Override public List<Expected> expected(Kernel kernel) {
    if (!(table.encoding() instanceof ScaledEncoding)) {
      return List.of();
    }
    Specification exact = new Specification(Arithmetic.FLOAT64);
    Expected expected = new Expected(view.rows() * view.cols());
    WeightRow w = new WeightRow();
    for (int r = 0; r < view.rows(); r++) {
      w.read(table, tokens[r]);
      for (int k = 0; k < view.cols(); k++) {
        int group = k / w.groupSize();
        double magnitude = Math.abs(w.scale(group) * (double) w.level(k)) + Math.abs(w.minimum(group));
        expected.set(r * view.cols() + k, exact.element(w, k),
            Rounding.gamma(2) * magnitude + Rounding.underflow(2, 1));
      }
    }
    return List.of(expected);
  }

  @Override public int rows() {
    return view.rows();
  }

  @Override public Case row(int row) {
    return new EmbedCase(out, Rows.of(view, row), table, Arrays.copyOfRange(tokens, row, row + 1), tokenMemory);
  }
}
