package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Worker;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@link Kernel#rmsNorm}.
 *
 * <p>Bound: all terms of the mean square are positive, so it is off by {@code γ_{n+3}} relatively (sum, division,
 * epsilon); the root halves that; root, reciprocal and two products add four roundings: {@code γ_{n/2+8}} in all.
 */
record RmsNormCase(Output out, FloatMatrix view, FloatMatrix x, Memory xMemory, float[] gain, Memory gainMemory,
    float epsilon) implements Case {

  RmsNormCase(FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    this(Output.of("out", out), out, x, Memory.of("x", x.data()), gain, Memory.of("gain", gain), epsilon);
  }

  /** The output takes the place of {@code x}. */
  static RmsNormCase inPlace(FloatMatrix x, float[] gain, float epsilon) {
    return new RmsNormCase(x, x, gain, epsilon);
  }

  @Override public KernelLimits limits(int workers) {
    return new KernelLimits(x.rows(), x.cols(), 1, x.cols(), 1, workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.rmsNorm(worker, view, x, gain, epsilon);
  }

  @Override public List<Output> outputs() {
    return List.of(out);
  }

  @Override public List<Memory> inputs() {
    List<Memory> inputs = new ArrayList<>(List.of(gainMemory));
    if (!inPlace()) {
      inputs.add(xMemory);
    }
    return inputs;
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the very same array
  private boolean inPlace() {
    return view.data() == x.data();
  }

  @Override public List<Expected> expected(Kernel kernel) {
    Specification exact = new Specification(Arithmetic.FLOAT64);
    double[] stripes = new double[Specification.STRIPES];
    Expected expected = new Expected(x.rows() * x.cols());
    for (int row = 0; row < x.rows(); row++) {
      double r = exact.inverseRootMeanSquare(x.data(), x.index(row), x.cols(), epsilon, stripes);
      for (int i = 0; i < x.cols(); i++) {
        double xi = x.data()[x.index(row) + i];
        double value = exact.normed(gain[i], r, xi);
        double bound = Rounding.gamma(x.cols() / 2.0 + 8) * Math.abs(value)
            + Rounding.underflow(2, Math.abs(gain[i]) + Math.abs(xi) + r);
        expected.set(row * x.cols() + i, value, bound);
      }
    }
    return List.of(expected);
  }

  @Override public int rows() {
    return x.rows();
  }

  @Override public Case row(int row) {
    return new RmsNormCase(out, Rows.of(view, row), Rows.of(x, row), xMemory, gain, gainMemory, epsilon);
  }
}
