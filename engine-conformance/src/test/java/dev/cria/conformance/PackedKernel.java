package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A right kernel with a layout of its own, column after column, the rows padded to 16; it also packs the tokens into shared
 * scratch memory, between barriers.
 */
class PackedKernel extends ForwardingKernel {

  private static final WeightLayout COLUMNS = new WeightLayout() {
    @Override public String name() {
      return "columns";
    }

    @Override public long byteSize(int rows, int cols, Encoding encoding) {
      return 4L * pad(rows) * cols;
    }
  };

  private static final ThreadLocal<WeightRow> ROWS = ThreadLocal.withInitial(WeightRow::new);
  private final Specification specification = new Specification(Arithmetic.FLOAT32);

  PackedKernel(Kernel base) {
    super(base);
  }

  static int pad(int rows) {
    return Math.ceilDiv(rows, 16) * 16;
  }

  @Override public WeightLayout preferredLayout(int rows, int cols, Encoding encoding) {
    return encoding.name().equals(Encoding.F32) ? COLUMNS : WeightLayout.ROW_MAJOR;
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    Shapes.checkPrepare(out, in, COLUMNS);
    int end = Math.min(rowsToPrepare(in), worker.shareEnd(in.rows(), 16));
    for (int row = worker.shareStart(in.rows(), 16); row < end; row++) {
      for (int k = 0; k < in.cols(); k++) {
        out.data().set(ValueLayout.JAVA_FLOAT, 4L * ((long) k * pad(in.rows()) + row), OwnMatmul.weight(in, row, k));
      }
    }
  }

  int rowsToPrepare(WeightMatrix in) {
    return in.rows();
  }

  @Override public ScratchSize scratch(KernelLimits limits) {
    return base().scratch(limits).max(new ScratchSize(0, 4L * limits.rows() * limits.width()));
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    if (!anyPacked(product)) {
      super.matmul(worker, out, product, x);
      return;
    }
    Shapes.checkMatmul(out, product, x);
    packTokens(worker, x);
    worker.barrier();
    for (int m = 0; m < out.size(); m++) {
      int rows = product.weights().get(m).rows();
      int end = worker.shareEnd(rows, 16);
      for (int row = worker.shareStart(rows, 16); row < end; row++) {
        for (int r = 0; r < x.rows(); r++) {
          int at = out.get(m).index(r) + row;
          float s = sum(worker, product.weights().get(m), row, x, r);
          out.get(m).data()[at] = switch (product.epilogue()) {
            case Epilogue.None _ -> s;
            case Epilogue.Bias bias -> s + bias.biases().get(m)[row];
            case Epilogue.Add _ -> out.get(m).data()[at] + s;
            case Epilogue.Gated gated -> (float) specification.gate(gated.gate(), s)
                * sum(worker, product.weights().get(1), row, x, r);
          };
        }
      }
    }
  }

  /** Copies the rows of x side by side into shared scratch memory, each worker its own. */
  void packTokens(Worker worker, FloatMatrix x) {
    int end = worker.shareEnd(x.rows(), 1);
    for (int r = worker.shareStart(x.rows(), 1); r < end; r++) {
      for (int k = 0; k < x.cols(); k++) {
        worker.sharedScratch().set(ValueLayout.JAVA_FLOAT, 4L * ((long) r * x.cols() + k), x.data()[x.index(r) + k]);
      }
    }
  }

  private float sum(Worker worker, WeightMatrix w, int row, FloatMatrix x, int r) {
    if (w.layout() != COLUMNS) {
      return (float) specification.product(ROWS.get().read(w, row), x.data(), x.index(r));
    }
    MemorySegment tokens = worker.sharedScratch();
    float s = 0;
    for (int k = 0; k < w.cols(); k++) {
      s = Math.fma(packed(w, row, k), tokens.get(ValueLayout.JAVA_FLOAT, 4L * ((long) r * w.cols() + k)), s);
    }
    return s;
  }

  private static boolean anyPacked(FusedMatmul product) {
    for (int m = 0; m < product.weights().size(); m++) {
      if (product.weights().get(m).layout() == COLUMNS) {
        return true;
      }
    }
    return false;
  }

  private static float packed(WeightMatrix w, int row, int k) {
    return w.data().get(ValueLayout.JAVA_FLOAT, 4L * ((long) k * pad(w.rows()) + row));
  }
}
