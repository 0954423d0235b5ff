package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.Worker;

/** A right kernel that does attention itself; mutants override one of its parts. */
class OwnAttention extends ForwardingKernel {

  private static final ThreadLocal<AttentionHead> HEADS = ThreadLocal.withInitial(AttentionHead::new);
  private final Specification specification = new Specification(Arithmetic.FLOAT32);

  OwnAttention(Kernel base) {
    super(base);
  }

  @Override public void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    Shapes.checkAttention(out, query, placement, shape);
    AttentionHead head = HEADS.get();
    int end = worker.shareEnd(query.rows(), 1);
    for (int row = worker.shareStart(query.rows(), 1); row < end; row++) {
      for (int h = 0; h < shape.heads(); h++) {
        look(head, query, placement, shape, row, h);
        specification.attend(head);
        for (int i = 0; i < shape.headDim(); i++) {
          out.data()[out.index(row) + h * shape.headDim() + i] = finish(head.out[i]);
        }
      }
    }
  }

  void look(AttentionHead head, FloatMatrix query, Placement placement, AttentionShape shape, int row, int h) {
    head.look(query, placement, shape, row, h);
  }

  float finish(double value) {
    return (float) value;
  }
}
