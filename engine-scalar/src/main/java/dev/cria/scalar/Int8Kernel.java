package dev.cria.scalar;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;
import java.util.function.Predicate;

/** Another kernel, but products of some encodings are those of activations rounded to int8. */
final class Int8Kernel extends ForwardingKernel {

  private final Predicate<Encoding> rounded;

  /**
   * Creates one over another.
   *
   * @param rounded the encodings, scaled ones of integer levels
   */
  Int8Kernel(Kernel base, Predicate<Encoding> rounded) {
    super(base);
    this.rounded = rounded;
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    int groupSize = groupSize(product);
    if (groupSize == 0) {
      base().matmul(worker, out, product, x);
      return;
    }
    Shapes.checkMatmul(out, product, x);
    for (int m = 0; m < product.weights().size(); m++) {
      requireRowMajor(product.weights().get(m));
    }
    Int8Matmul.matmul(worker, out, product, x, rounded, groupSize);
  }

  /** The group size of those matrices that take rounded activations, or 0 if none does. */
  private int groupSize(FusedMatmul product) {
    int size = 0;
    for (int m = 0; m < product.weights().size(); m++) { // by index: an iterator is allocated at every call
      WeightMatrix w = product.weights().get(m);
      if (rounded.test(w.encoding())) {
        int own = ((ScaledEncoding) w.encoding()).groupSize();
        if (size != 0 && own != size) {
          throw new IllegalArgumentException("matmul: " + w.name() + " is " + w.encoding().name()
              + ", which rounds activations in groups of " + own + ", another matrix beside it in groups of " + size);
        }
        size = own;
      }
    }
    return size;
  }

  private static void requireRowMajor(WeightMatrix w) {
    if (!w.layout().equals(WeightLayout.ROW_MAJOR)) {
      throw new IllegalArgumentException(w.name() + " is " + w.layout().name()
          + "; beside a matrix that takes activations rounded to int8 it must be row-major");
    }
  }

  @Override public WeightLayout preferredLayout(int rows, int cols, Encoding encoding) {
    return rounded.test(encoding) ? WeightLayout.ROW_MAJOR : base().preferredLayout(rows, cols, encoding);
  }

  @Override public boolean multiplies(Encoding encoding) {
    return rounded.test(encoding) || base().multiplies(encoding);
  }

  @Override public boolean roundsActivations(Encoding encoding) {
    return rounded.test(encoding);
  }

  @Override public ScratchSize scratch(KernelLimits limits) {
    return base().scratch(limits).max(new ScratchSize(Int8Matmul.scratchFloats(limits.width()), 0));
  }
}
