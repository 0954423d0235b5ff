package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kernels that round activations to int8 where weights are scaled, rightly or wrongly. */
final class RoundingMutants {

  private static final OracleKernel ROUNDING = new OracleKernel(ScaledEncoding.class::isInstance);

  private RoundingMutants() {}

  /** Rounds as it says: no fault. */
  static Kernel right(Kernel base) {
    return ROUNDING;
  }

  /** Rounds where it should not. */
  static final class Unsaid extends ForwardingKernel {
    Unsaid(Kernel base) {
      super(base);
    }

    @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
      ROUNDING.matmul(worker, out, product, x);
    }
  }

  /** Says that it rounds and does not, which is within the bound and not what is specified. */
  static final class OnlySaid extends ForwardingKernel {
    OnlySaid(Kernel base) {
      super(base);
    }

    @Override public boolean roundsActivations(Encoding encoding) {
      return encoding instanceof ScaledEncoding;
    }
  }

  /** Rounds to a quarter of the steps. */
  static final class Coarse extends ForwardingKernel {
    private static final int GROUP = 8;
    private static final int STEPS = 127 / 4;
    private static final ThreadLocal<@Nullable FloatMatrix> COPIES = new ThreadLocal<>();

    Coarse(Kernel base) {
      super(base);
    }

    @Override public boolean roundsActivations(Encoding encoding) {
      return encoding instanceof ScaledEncoding;
    }

    @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
      boolean scaled = product.weights().getFirst().encoding() instanceof ScaledEncoding;
      base().matmul(worker, out, product, scaled ? coarse(x) : x);
    }

    private static FloatMatrix coarse(FloatMatrix x) {
      FloatMatrix coarse = copy(x);
      for (int r = 0; r < x.rows(); r++) {
        for (int from = x.index(r); from < x.index(r) + x.cols(); from += GROUP) {
          float largest = 0;
          for (int k = from; k < from + GROUP; k++) {
            largest = Math.max(largest, Math.abs(x.data()[k]));
          }
          for (int k = from; k < from + GROUP && largest > 0; k++) {
            coarse.data()[k] = Math.round(x.data()[k] / largest * STEPS) * largest / STEPS;
          }
        }
      }
      return coarse;
    }

    /** A matrix of that shape, the same one while nothing else is asked for: allocating is another fault. */
    private static FloatMatrix copy(FloatMatrix x) {
      FloatMatrix copy = COPIES.get();
      if (copy == null || copy.rows() != x.rows() || copy.offset() != x.offset()
          || copy.data().length != x.data().length || copy.stride() != x.stride() || copy.cols() != x.cols()) {
        copy = new FloatMatrix(new float[x.data().length], x.offset(), x.rows(), x.cols(), x.stride());
        COPIES.set(copy);
      }
      return copy;
    }
  }
}
