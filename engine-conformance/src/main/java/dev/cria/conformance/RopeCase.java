package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** One {@link Kernel#rope}. Bound: two products and a sum, {@code γ₃ (|a · cos| + |b · sin|)}; the rest is untouched. */
record RopeCase(Output out, FloatMatrix x, RopeTable table, Places places, Memory cos, Memory sin) implements Case {

  RopeCase(FloatMatrix x, RopeTable table, Places places) {
    this(Output.of("x", x), x, table, places, Memory.of("cos", table.cos()), Memory.of("sin", table.sin()));
  }

  @Override public KernelLimits limits(int workers) {
    return new KernelLimits(
        x.rows(), x.cols(), x.cols() / table.headDim(), table.headDim(), table.positions(), workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.rope(worker, x, table, places);
  }

  @Override public List<Output> outputs() {
    return List.of(out);
  }

  @Override public List<Memory> inputs() {
    return List.of(cos, sin);
  }

  @Override public List<Expected> expected(Kernel kernel) {
    Expected expected = new Expected(x.rows() * x.cols());
    for (int r = 0; r < x.rows(); r++) {
      for (int c = 0; c < x.cols(); c++) {
        expected.set(r * x.cols() + c, x.data()[x.index(r) + c], 0);
      }
      for (int head = 0; head < x.cols(); head += table.headDim()) {
        rotate(expected, r, head);
      }
    }
    return List.of(expected);
  }

  private void rotate(Expected expected, int row, int head) {
    Specification exact = new Specification(Arithmetic.FLOAT64);
    int pairs = table.rotaryDim() / 2;
    boolean interleaved = table.layout() == RopeLayout.INTERLEAVED;
    for (int i = 0; i < pairs; i++) {
      int first = head + (interleaved ? 2 * i : i);
      int second = first + (interleaved ? 1 : pairs);
      double a = x.data()[x.index(row) + first];
      double b = x.data()[x.index(row) + second];
      double c = table.cos()[places.position(row) * pairs + i];
      double d = table.sin()[places.position(row) * pairs + i];
      double slack = Rounding.underflow(3, 0);
      expected.set(row * x.cols() + first, exact.rotatedFirst(a, b, c, d),
          Rounding.gamma(3) * (Math.abs(a * c) + Math.abs(b * d)) + slack);
      expected.set(row * x.cols() + second, exact.rotatedSecond(a, b, c, d),
          Rounding.gamma(3) * (Math.abs(a * d) + Math.abs(b * c)) + slack);
    }
  }

  @Override public int rows() {
    return x.rows();
  }

  @Override public Case row(int row) {
    return new RopeCase(out, Rows.of(x, row), table, places.row(row), cos, sin);
  }
}
