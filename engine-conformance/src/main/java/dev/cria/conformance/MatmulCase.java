package dev.cria.conformance;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@link Kernel#matmul}.
 *
 * @param given the matrices as the kernel under test gets them
 * @param plain the same, row-major
 */
record MatmulCase(List<Output> outputs, List<FloatMatrix> views, FusedMatmul given, FusedMatmul plain, FloatMatrix x,
    Memory xMemory) implements Case {

  MatmulCase(List<FloatMatrix> out, FusedMatmul given, FusedMatmul plain, FloatMatrix x) {
    this(named(out), out, given, plain, x, Memory.of("x", x.data()));
  }

  /** Row-major matrices. */
  static MatmulCase of(Samples samples, FusedMatmul product, FloatMatrix x) {
    return of(samples, product, product, x);
  }

  /** Matrices in another form for the kernel under test, and new outputs, with gaps between their rows. */
  static MatmulCase of(Samples samples, FusedMatmul given, FusedMatmul plain, FloatMatrix x) {
    List<FloatMatrix> out = new ArrayList<>();
    for (int m = 0; m < plain.outputs(); m++) {
      out.add(samples.strided(x.rows(), plain.weights().get(m).rows()));
    }
    return new MatmulCase(out, given, plain, x);
  }

  private static List<Output> named(List<FloatMatrix> out) {
    List<Output> outputs = new ArrayList<>();
    for (int m = 0; m < out.size(); m++) {
      outputs.add(Output.of("out " + m, out.get(m)));
    }
    return outputs;
  }

  /*
   * The widest activation. Plain products may be wider than any: logits are no activation, and no kernel may reckon its
   * scratch memory from them.
   */
  @Override public KernelLimits limits(int workers) {
    int width = plain.epilogue() instanceof Epilogue.None ? x.cols() : Math.max(x.cols(), views.getFirst().cols());
    return new KernelLimits(x.rows(), width, 1, 1, 1, workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.matmul(worker, views, given, x);
  }

  @Override public void runPlain(Kernel kernel, Worker worker) {
    kernel.matmul(worker, views, plain, x);
  }

  @Override public List<Memory> inputs() {
    List<Memory> inputs = new ArrayList<>(List.of(xMemory));
    for (WeightMatrix w : given.weights()) {
      inputs.add(Memory.of(w.name(), w.data()));
    }
    if (given.epilogue() instanceof Epilogue.Bias bias) {
      bias.biases().forEach(b -> inputs.add(Memory.of("bias", b)));
    }
    return inputs;
  }

  @Override public List<Expected> expected(Kernel kernel) {
    List<Expected> all = new ArrayList<>();
    for (int m = 0; m < views.size(); m++) {
      FloatMatrix out = views.get(m);
      Expected expected = new Expected(out.rows() * out.cols());
      for (int row = 0; row < out.cols(); row++) {
        for (int r = 0; r < out.rows(); r++) {
          ProductBound finished = finish(kernel, m, row, r);
          expected.set(r * out.cols() + row, finished.value(), finished.error());
        }
      }
      all.add(expected);
    }
    return all;
  }

  private ProductBound finish(Kernel kernel, int m, int row, int r) {
    ProductBound sum = bound(kernel, m, row, r);
    float old = views.get(m).data()[views.get(m).index(r) + row];
    return switch (plain.epilogue()) {
      case Epilogue.None _ -> sum;
      case Epilogue.Bias bias -> sum.plus(bias.biases().get(m)[row]);
      case Epilogue.Add _ -> sum.plus(old);
      case Epilogue.Gated gated -> sum.gates(gated.gate(),
          bound(kernel, 1, row, r));
    };
  }

  private ProductBound bound(Kernel kernel, int m, int row, int r) {
    WeightMatrix w = plain.weights().get(m);
    return ProductBound.of(w, row, x.data(), x.index(r), kernel.roundsActivations(w.encoding()));
  }

  @Override public int rows() {
    return x.rows();
  }

  @Override public Case row(int row) {
    List<FloatMatrix> out = views.stream().map(view -> Rows.of(view, row)).toList();
    return new MatmulCase(outputs, out, given, plain, Rows.of(x, row), xMemory);
  }
}
