package dev.cria.vector;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** Every operation on vectors: weights in panels of floats, halves or levels, and row-major ones in any encoding. */
final class VectorKernel implements Kernel {

  private final boolean rounds;

  /** One that multiplies activations as they are. */
  VectorKernel() {
    this(false);
  }

  /**
   * Creates one.
   *
   * @param rounds whether to round activations to int8 where weights are of an encoding for which that is faster
   */
  VectorKernel(boolean rounds) {
    this.rounds = rounds;
  }

  @Override public void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
    Shapes.checkEmbed(out, table, tokens);
    Embed.embed(worker, out, table, tokens);
  }

  @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    Shapes.checkRmsNorm(out, x, gain, epsilon);
    RmsNorm.rmsNorm(worker, out, x, gain, epsilon);
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    Shapes.checkMatmul(out, product, x);
    for (int m = 0; m < product.weights().size(); m++) {
      requireKnownLayout(product.weights().get(m));
    }
    Matmul.matmul(worker, out, rounds ? Int8Layout.rounding(product) : product, x);
  }

  @Override public void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
    Shapes.checkRope(x, table, placement);
    Rope.rope(worker, x, table, placement);
  }

  @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
    Shapes.checkStoreKv(placement, key, value);
    requireCacheable(placement);
    KvStore.storeKv(worker, placement, key, value);
  }

  @Override public void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    Shapes.checkAttention(out, query, placement, shape);
    requireCacheable(placement);
    Attention.attention(worker, out, query, placement, shape);
  }

  @Override public void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    Shapes.checkGemm(out, a, b, form);
    Gemm.gemm(worker, out, a, b, form);
  }

  @Override public void exp(Worker worker, FloatMatrix x, float[] shift) {
    Shapes.checkExp(x, shift);
    Exp.exp(worker, x, shift);
  }

  @Override public WeightLayout preferredLayout(int rows, int cols, Encoding encoding) {
    if (encoding.name().equals(Encoding.F32)) {
      return PanelLayout.PANELS;
    }
    if (roundsActivations(encoding)) {
      return Int8Layout.PACKED;
    }
    if (HalfLayout.takes(encoding)) {
      return HalfLayout.HALVES;
    }
    if (ByteLayout.takes(encoding)) {
      return ByteLayout.BYTES;
    }
    return LevelLayout.takes(encoding) ? LevelLayout.LEVELS : WeightLayout.ROW_MAJOR;
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    Shapes.checkPrepare(out, in, preferredLayout(in.rows(), in.cols(), in.encoding()));
    if (out.layout() instanceof PanelLayout) {
      Packing.prepare(worker, out, in);
    } else if (out.layout() instanceof PackedLayout packed) {
      packed.prepare(worker, out, in);
    } else {
      throw new IllegalArgumentException("prepare: " + in.name() + " is " + in.encoding().name()
          + ", which the vector kernel takes row-major, as it is");
    }
  }

  @Override public ScratchSize scratch(KernelLimits limits) {
    return Scratch.size(limits, rounds);
  }

  @Override public boolean multiplies(Encoding encoding) {
    return true;
  }

  @Override public boolean roundsActivations(Encoding encoding) {
    return rounds && Int8Layout.takes(encoding);
  }

  private static void requireKnownLayout(WeightMatrix w) {
    WeightLayout layout = w.layout();
    if (!(layout instanceof PanelLayout) && !(layout instanceof PackedLayout)
        && !layout.equals(WeightLayout.ROW_MAJOR)) {
      throw new IllegalArgumentException(w.name() + " is " + w.layout().name() + "; the vector kernel takes row-major"
          + " weights and its own " + PanelLayout.PANELS.name());
    }
  }

  private void requireCacheable(Placement placement) {
    for (int r = 0; r < placement.rows(); r++) {
      KvView cache = placement.cache(r);
      if (!caches(cache.encoding(), cache.keyLayout())) {
        throw new IllegalArgumentException("the cache of row " + r + " is " + cache.encoding().name() + " "
            + cache.keyLayout() + "; the vector kernel takes f32 BY_DIM");
      }
    }
  }
}
