package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Kernels whose products are wrong, each in one way. */
final class MatmulMutants {

  private MatmulMutants() {}

  /** Leaves out the columns after the last multiple of eight. */
  static final class LostTail extends OwnMatmul {
    LostTail(Kernel base) {
      super(base);
    }

    @Override float next(float before, float after, int k, int cols) {
      return k < cols - cols % 8 ? after : before;
    }
  }

  /** Each worker computes one row more than its share; the value is right. */
  static final class OnePastTheShare extends OwnMatmul {
    OnePastTheShare(Kernel base) {
      super(base);
    }

    @Override int end(Worker worker, int rows) {
      return Math.min(rows, worker.shareEnd(rows, 1) + 1);
    }
  }

  /** Draws the rows of all matrices in one series, as is right. */
  static final class Drawn extends OwnMatmul {
    Drawn(Kernel base) {
      super(base);
    }

    @Override void multiply(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
      int unit = worker.draw();
      int before = 0;
      for (int m = 0; m < out.size(); m++) {
        WeightMatrix w = product.weights().get(m);
        for (; unit - before < w.rows(); unit = worker.draw()) {
          row(worker, out.get(m), w, unit - before, x);
        }
        before += w.rows();
      }
    }
  }

  /** Draws the rows of each matrix in a series of its own, with no barrier between. */
  static final class DrawnAgain extends OwnMatmul {
    DrawnAgain(Kernel base) {
      super(base);
    }

    @Override void multiply(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
      for (int m = 0; m < out.size(); m++) {
        WeightMatrix w = product.weights().get(m);
        for (int row = worker.draw(); row < w.rows(); row = worker.draw()) {
          row(worker, out.get(m), w, row, x);
        }
      }
    }
  }

  /** Keeps sixteen bits of a sum. */
  static final class LowPrecisionSum extends OwnMatmul {
    LowPrecisionSum(Kernel base) {
      super(base);
    }

    @Override float next(float before, float after, int k, int cols) {
      return Float.isFinite(after) ? Float.intBitsToFloat(Float.floatToRawIntBits(after) & 0xFFFF0000) : after;
    }
  }

  /** Takes sums that are subnormal as zero. */
  static final class FlushedSubnormals extends OwnMatmul {
    FlushedSubnormals(Kernel base) {
      super(base);
    }

    @Override float next(float before, float after, int k, int cols) {
      return Math.abs(after) < Float.MIN_NORMAL ? 0 : after;
    }
  }

  /** Sums from the last column to the first: no fault in a kernel that claims to be bounded. */
  static final class OtherOrder extends OwnMatmul {
    OtherOrder(Kernel base) {
      super(base);
    }

    @Override float sum(Worker worker, WeightMatrix w, int row, FloatMatrix x, int r) {
      return downwards(w, row, x, r);
    }
  }

  /** Sums downwards where there are four tokens or more. */
  static final class OrderByBatchSize extends OwnMatmul {
    OrderByBatchSize(Kernel base) {
      super(base);
    }

    @Override float sum(Worker worker, WeightMatrix w, int row, FloatMatrix x, int r) {
      return x.rows() < 4 ? super.sum(worker, w, row, x, r) : downwards(w, row, x, r);
    }
  }

  /** Begins with what its scratch memory happens to hold. */
  static final class StaleScratch extends OwnMatmul {
    StaleScratch(Kernel base) {
      super(base);
    }

    @Override float sum(Worker worker, WeightMatrix w, int row, FloatMatrix x, int r) {
      float rubbish = worker.scratch()[0];
      return super.sum(worker, w, row, x, r) + (rubbish > 0 ? rubbish : 0); // NaN does no harm
    }

    @Override public ScratchSize scratch(KernelLimits limits) {
      return super.scratch(limits).max(new ScratchSize(1, 0));
    }
  }

  /** Uses more scratch memory than it asks for. */
  static final class TooLittleScratch extends OwnMatmul {
    TooLittleScratch(Kernel base) {
      super(base);
    }

    @Override float sum(Worker worker, WeightMatrix w, int row, FloatMatrix x, int r) {
      worker.scratch()[w.cols()] = 0;
      return super.sum(worker, w, row, x, r);
    }

    @Override public ScratchSize scratch(KernelLimits limits) {
      return super.scratch(limits).max(new ScratchSize(limits.width(), 0));
    }
  }

  /** Every worker keeps which it is in memory that all share. */
  static final class SharedScratch extends OwnMatmul {
    SharedScratch(Kernel base) {
      super(base);
    }

    @Override int start(Worker worker, int rows) {
      worker.sharedScratch().set(ValueLayout.JAVA_INT, 0, worker.index());
      worker.barrier();
      int me = worker.sharedScratch().get(ValueLayout.JAVA_INT, 0);
      return rows / worker.count() * me;
    }

    @Override int end(Worker worker, int rows) {
      int me = worker.count() == 1 ? 0 : worker.sharedScratch().get(ValueLayout.JAVA_INT, 0);
      return me == worker.count() - 1 ? rows : rows / worker.count() * (me + 1);
    }

    @Override public ScratchSize scratch(KernelLimits limits) {
      return super.scratch(limits).max(new ScratchSize(0, 4));
    }
  }

  /** Does not look at the shapes. */
  static final class AnyShape extends OwnMatmul {
    AnyShape(Kernel base) {
      super(base);
    }

    @Override void check(List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
      // this is the fault
    }
  }

  /** Loses the rows after the last multiple of 16 when it packs. */
  static final class LostPanel extends PackedKernel {
    LostPanel(Kernel base) {
      super(base);
    }

    @Override int rowsToPrepare(WeightMatrix in) {
      return in.rows() - in.rows() % 16;
    }
  }

  /** Every worker packs all tokens, not its share: the same bytes, written twice. */
  static final class PackedByAll extends PackedKernel {
    PackedByAll(Kernel base) {
      super(base);
    }

    @Override void packTokens(Worker worker, FloatMatrix x) {
      for (int r = 0; r < x.rows(); r++) {
        for (int k = 0; k < x.cols(); k++) {
          worker.sharedScratch().set(ValueLayout.JAVA_FLOAT, 4L * ((long) r * x.cols() + k), x.data()[x.index(r) + k]);
        }
      }
    }
  }

  private static float downwards(WeightMatrix w, int row, FloatMatrix x, int r) {
    float s = 0;
    for (int k = w.cols() - 1; k >= 0; k--) {
      s = Math.fma(OwnMatmul.weight(w, row, k), x.data()[x.index(r) + k], s);
    }
    return s;
  }
}
