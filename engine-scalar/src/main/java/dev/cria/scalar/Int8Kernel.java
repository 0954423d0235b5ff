package dev.cria.scalar;

import dev.cria.api.kernel.Encoding;
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
import java.util.List;

/** Another kernel, but products of int8 groups are those of llama2.c's {@code runq}. */
final class Int8Kernel extends ForwardingKernel {

  /** How the names of int8 groups start; the size follows. */
  private static final String INT8_GROUPS = "int8-";

  Int8Kernel(Kernel base) {
    super(base);
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    if (!areInt8Groups(product)) {
      base().matmul(worker, out, product, x);
      return;
    }
    Shapes.checkMatmul(out, product, x);
    Int8Matmul.matmul(worker, out, product, x);
  }

  /** Whether all matrices are int8 groups of one size, row-major. */
  private static boolean areInt8Groups(FusedMatmul product) {
    String encoding = product.weights().getFirst().encoding().name();
    for (int m = 0; m < product.weights().size(); m++) { // by index: an iterator is allocated at every call
      WeightMatrix w = product.weights().get(m);
      if (!isInt8Groups(w.encoding()) || !w.encoding().name().equals(encoding)
          || !w.layout().equals(WeightLayout.ROW_MAJOR)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInt8Groups(Encoding encoding) {
    return encoding.name().startsWith(INT8_GROUPS);
  }

  @Override public WeightLayout preferredLayout(int rows, int cols, Encoding encoding) {
    return isInt8Groups(encoding) ? WeightLayout.ROW_MAJOR : base().preferredLayout(rows, cols, encoding);
  }

  @Override public boolean multiplies(Encoding encoding) {
    return isInt8Groups(encoding) || base().multiplies(encoding);
  }

  @Override public ScratchSize scratch(KernelLimits limits) {
    return base().scratch(limits).max(new ScratchSize(Int8Matmul.scratchFloats(limits.width()), 0));
  }
}
