package dev.cria.inference;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** A kernel whose operations end with the barrier that the contract leaves to the caller. */
final class SynchronizedKernel extends ForwardingKernel {

  SynchronizedKernel(Kernel base) {
    super(base);
  }

  @Override public void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
    base().embed(worker, out, table, tokens);
    worker.barrier();
  }

  @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    base().rmsNorm(worker, out, x, gain, epsilon);
    worker.barrier();
  }

  @Override public void matmul(Worker worker, List<FloatMatrix> out, FusedMatmul product, FloatMatrix x) {
    base().matmul(worker, out, product, x);
    worker.barrier();
  }

  @Override public void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
    base().rope(worker, x, table, placement);
    worker.barrier();
  }

  @Override public void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
    base().storeKv(worker, placement, key, value);
    worker.barrier();
  }

  @Override public void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    base().attention(worker, out, query, placement, shape);
    worker.barrier();
  }
}
