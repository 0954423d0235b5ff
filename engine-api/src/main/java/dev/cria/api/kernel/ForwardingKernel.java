package dev.cria.api.kernel;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A kernel that hands every operation to another: override one and leave the rest.
 *
 * <p>Who overrides {@link #matmul} decides about the layout of weights too: override {@link #preferredLayout} to return
 * {@link WeightLayout#ROW_MAJOR} (weights stay as they are in the file, and the base takes them as well), or one's own
 * layout together with {@link #prepare} and {@link #matmul}. Scratch memory is the larger of what the base and the override
 * need.
 *
 * @since 0.1
 */
public abstract class ForwardingKernel implements Kernel {

  private final Kernel base;

  /** Creates a kernel over {@code base}. */
  protected ForwardingKernel(Kernel base) {
    this.base = Objects.requireNonNull(base, "base is null");
  }

  /** The kernel that the operations go to. */
  protected final Kernel base() {
    return base;
  }

  @Override public void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
    base.embed(worker, out, table, tokens);
  }

  @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    base.rmsNorm(worker, out, x, gain, epsilon);
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    base.matmul(worker, out, product, x);
  }

  @Override public void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
    base.rope(worker, x, table, placement);
  }

  @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
    base.storeKv(worker, placement, key, value);
  }

  @Override public void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    base.attention(worker, out, query, placement, shape);
  }

  @Override public void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    base.gemm(worker, out, a, b, form);
  }

  @Override public void exp(Worker worker, FloatMatrix x, float[] shift) {
    base.exp(worker, x, shift);
  }

  @Override public WeightLayout preferredLayout(int rows, int cols, Encoding encoding) {
    return base.preferredLayout(rows, cols, encoding);
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    base.prepare(worker, out, in);
  }

  @Override public ScratchSize scratch(KernelLimits limits) {
    return base.scratch(limits);
  }

  @Override public Set<KernelFeature> refused() {
    return base.refused();
  }

  @Override public boolean multiplies(Encoding encoding) {
    return base.multiplies(encoding);
  }

  @Override public boolean roundsActivations(Encoding encoding) {
    return base.roundsActivations(encoding);
  }

  @Override public boolean caches(Encoding encoding, KeyLayout layout) {
    return base.caches(encoding, layout);
  }
}
