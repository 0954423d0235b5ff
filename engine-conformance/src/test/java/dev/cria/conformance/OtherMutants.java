package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kernels that are wrong in an operation other than {@code matmul}, each in one way. */
final class OtherMutants {

  private OtherMutants() {}

  /** Turns −0 into 0 on the way. */
  static final class LostSignOfZero extends ForwardingKernel {
    LostSignOfZero(Kernel base) {
      super(base);
    }

    @Override public void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
      super.embed(worker, out, table, tokens);
      int end = worker.shareEnd(out.rows(), 1);
      for (int r = worker.shareStart(out.rows(), 1); r < end; r++) {
        for (int c = 0; c < out.cols(); c++) {
          out.data()[out.index(r) + c] += 0f;
        }
      }
    }
  }

  /** Leaves the epsilon out. */
  static final class MissingEpsilon extends ForwardingKernel {
    MissingEpsilon(Kernel base) {
      super(base);
    }

    @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
      Shapes.checkRmsNorm(out, x, gain, epsilon);
      super.rmsNorm(worker, out, x, gain, Float.MIN_VALUE);
    }
  }

  /** Sums in as many stripes as there are workers. */
  static final class StripesByWorkers extends ForwardingKernel {
    StripesByWorkers(Kernel base) {
      super(base);
    }

    @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
      Shapes.checkRmsNorm(out, x, gain, epsilon);
      int end = worker.shareEnd(x.rows(), 1);
      for (int row = worker.shareStart(x.rows(), 1); row < end; row++) {
        float sum = 0;
        for (int stripe = 0; stripe < worker.count(); stripe++) {
          float part = 0;
          for (int i = stripe; i < x.cols(); i += worker.count()) {
            part = Math.fma(x.data()[x.index(row) + i], x.data()[x.index(row) + i], part);
          }
          sum += part;
        }
        float r = (float) (1 / Math.sqrt(sum / x.cols() + epsilon));
        for (int i = 0; i < x.cols(); i++) {
          out.data()[out.index(row) + i] = gain[i] * (r * x.data()[x.index(row) + i]);
        }
      }
    }
  }

  /** Waits at a barrier in the first worker alone. */
  static final class LonelyBarrier extends ForwardingKernel {
    LonelyBarrier(Kernel base) {
      super(base);
    }

    @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
      super.rmsNorm(worker, out, x, gain, epsilon);
      if (worker.index() == 0) {
        worker.barrier();
      }
    }
  }

  /** Refuses wrong arguments in words of its own. */
  static final class OwnWords extends ForwardingKernel {
    OwnWords(Kernel base) {
      super(base);
    }

    @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
      if (gain.length != x.cols()) {
        throw new IllegalArgumentException("bad gain");
      }
      super.rmsNorm(worker, out, x, gain, epsilon);
    }
  }

  /** Takes half-split pairs for interleaved ones. */
  static final class SwappedPairs extends ForwardingKernel {
    private @Nullable RopeTable seen;
    private @Nullable RopeTable swapped;

    SwappedPairs(Kernel base) {
      super(base);
    }

    @Override public void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
      super.rope(worker, x, table.layout() == RopeLayout.HALF_SPLIT ? swap(table) : table, placement);
    }

    private synchronized RopeTable swap(RopeTable table) {
      if (swapped == null || !table.equals(seen)) {
        seen = table;
        swapped = new RopeTable(RopeLayout.INTERLEAVED, table.headDim(), table.rotaryDim(), table.positions(),
            table.cos(), table.sin());
      }
      return swapped;
    }
  }

  /** Subtracts the shift of the first row from all. */
  static final class FirstShift extends ForwardingKernel {
    FirstShift(Kernel base) {
      super(base);
    }

    @Override public void exp(Worker worker, FloatMatrix x, float[] shift) {
      Shapes.checkExp(x, shift);
      int end = worker.shareEnd(x.rows(), 1);
      for (int row = worker.shareStart(x.rows(), 1); row < end; row++) {
        for (int i = x.index(row); i < x.index(row) + x.cols(); i++) {
          x.data()[i] = (float) Math.exp(x.data()[i] - shift[0]);
        }
      }
    }
  }

  /** Allocates a little at every call. */
  static final class Allocating extends ForwardingKernel {
    @SuppressWarnings("UnusedVariable") // keeps what is allocated from being optimised away
    private volatile float[] kept = {};

    Allocating(Kernel base) {
      super(base);
    }

    @Override public void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
      kept = new float[4];
      super.rope(worker, x, table, placement);
    }
  }

  /** Every worker stores all rows. */
  static final class StoredByAll extends ForwardingKernel {
    StoredByAll(Kernel base) {
      super(base);
    }

    @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
      Shapes.checkStoreKv(placement, key, value);
      for (int r = 0; r < key.rows(); r++) {
        for (int head = 0; head < placement.cache(r).kvHeads(); head++) {
          int at = head * placement.cache(r).headDim();
          CacheAccess.writeKey(placement.cache(r), head, placement.position(r), key.data(), key.index(r) + at);
          CacheAccess.writeValue(placement.cache(r), head, placement.position(r), value.data(), value.index(r) + at);
        }
      }
    }
  }

  /** Clears the first key when it has been stored. */
  static final class SpoiltOperand extends ForwardingKernel {
    SpoiltOperand(Kernel base) {
      super(base);
    }

    @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
      super.storeKv(worker, placement, key, value);
      if (worker.index() == 0) { // which has the first row in its share
        key.data()[key.offset()] = 0;
      }
    }
  }

  /** Stores values before it has looked at all positions. */
  static final class LateCheck extends ForwardingKernel {
    LateCheck(Kernel base) {
      super(base);
    }

    @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
      if (key.cols() == placement.cache(0).kvHeads() * placement.cache(0).headDim()
          && placement.position(0) >= 0 && placement.position(0) < placement.cache(0).capacity()) {
        CacheAccess.writeKey(placement.cache(0), 0, placement.position(0), key.data(), key.offset());
      }
      super.storeKv(worker, placement, key, value);
    }
  }

  /** Gives query heads to key-value heads in turn, not in groups. */
  static final class WrongGroups extends OwnAttention {
    WrongGroups(Kernel base) {
      super(base);
    }

    @Override void look(
        AttentionHead head, FloatMatrix query, Placement placement, AttentionShape shape, int row, int h) {
      super.look(head, query, placement, shape, row, h);
      head.kvHead = h % shape.kvHeads();
    }
  }

  /** Lets a row see one position after its own. */
  static final class SeesTheNext extends OwnAttention {
    SeesTheNext(Kernel base) {
      super(base);
    }

    @Override void look(
        AttentionHead head, FloatMatrix query, Placement placement, AttentionShape shape, int row, int h) {
      super.look(head, query, placement, shape, row, h);
      head.end = Math.min(head.end() + 1, placement.cache(row).capacity());
    }
  }

  /** Takes NaN for nothing, as a maximum by comparison does. */
  static final class LostNaN extends OwnAttention {
    LostNaN(Kernel base) {
      super(base);
    }

    @Override float finish(double value) {
      return Double.isNaN(value) ? 0 : (float) value;
    }
  }

  /** Says nothing of soft caps and ignores them. */
  static final class FalseAbility extends ForwardingKernel {
    FalseAbility(Kernel base) {
      super(base);
    }

    @Override public void attention(
        Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
      AttentionShape uncapped = shape.softCap() == 0
          ? shape
          : new AttentionShape(shape.heads(), shape.kvHeads(), shape.headDim(), shape.scale(), shape.causal(),
              shape.window(), 0);
      super.attention(worker, out, query, placement, uncapped);
    }
  }

  /** Lets a window hold one position too many. */
  static final class WideWindow extends ForwardingKernel {
    WideWindow(Kernel base) {
      super(base);
    }

    @Override public void attention(
        Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
      AttentionShape wider = shape.window() == AttentionShape.UNLIMITED
          ? shape
          : new AttentionShape(shape.heads(), shape.kvHeads(), shape.headDim(), shape.scale(), shape.causal(),
              shape.window() + 1, shape.softCap());
      super.attention(worker, out, query, placement, wider);
    }
  }

  /** Says that it refuses gelu, and computes it. */
  static final class FalseRefusal extends ForwardingKernel {
    FalseRefusal(Kernel base) {
      super(base);
    }

    @Override public Set<KernelFeature> refused() {
      return Set.of(KernelFeature.GELU);
    }
  }

  /** Writes a zero into the gap behind each row. */
  static final class WrittenGap extends ForwardingKernel {
    WrittenGap(Kernel base) {
      super(base);
    }

    @Override public void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
      super.gemm(worker, out, a, b, form);
      int end = worker.shareEnd(out.rows(), 1);
      for (int i = worker.shareStart(out.rows(), 1); i < end; i++) {
        if (out.stride() > out.cols()) {
          out.data()[out.index(i) + out.cols()] = 0;
        }
      }
    }
  }
}
