package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Worker;
import java.util.List;

/**
 * One {@link Kernel#exp}.
 *
 * <p>Bound: the difference is rounded once, by {@code u |x − shift|}, which the exponential makes a relative error, and the
 * exponential itself adds its own; near −87 and below it may be 0.
 */
record ExpCase(Output out, FloatMatrix x, float[] shift, Memory shiftMemory) implements Case {

  private static final double LEAST = -87;
  private static final double TINY = Math.exp(LEAST);

  ExpCase(FloatMatrix x, float[] shift) {
    this(Output.of("x", x), x, shift, Memory.of("shift", shift));
  }

  @Override public KernelLimits limits(int workers) {
    return new KernelLimits(x.rows(), x.cols(), 1, 1, 1, workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.exp(worker, x, shift);
  }

  @Override public List<Output> outputs() {
    return List.of(out);
  }

  @Override public List<Memory> inputs() {
    return List.of(shiftMemory);
  }

  @Override public List<Expected> expected(Kernel kernel) {
    Expected expected = new Expected(x.rows() * x.cols());
    for (int row = 0; row < x.rows(); row++) {
      for (int i = 0; i < x.cols(); i++) {
        double difference = (double) x.data()[x.index(row) + i] - shift[row];
        double value = Math.exp(difference);
        double relative = Rounding.gamma(Math.abs(difference)) + Rounding.EXP;
        expected.set(row * x.cols() + i, value, difference < LEAST + 1 ? 2 * TINY * Math.E : relative * value);
      }
    }
    return List.of(expected);
  }

  @Override public int rows() {
    return x.rows();
  }

  @Override public Case row(int row) {
    return new ExpCase(out, Rows.of(x, row), new float[]{shift[row]}, shiftMemory);
  }
}
