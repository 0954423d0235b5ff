package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the vector kernel refuses in words of its own; the kit asks for those that all kernels share. */
class VectorKernelRefusalTest {

  private static final WeightLayout FOREIGN = new WeightLayout() {
    @Override public String name() {
      return "spirals";
    }

    @Override public long byteSize(int rows, int cols, Encoding encoding) {
      return (long) rows * cols * Float.BYTES;
    }
  };

  private final VectorKernel kernel = new VectorKernel();
  private final Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(2, 8, 1, 4, 64, 1)));
  private final WeightMatrix foreign = new WeightMatrix("model.norm.weight", 2, 3, new PlainFloats(), FOREIGN,
      Arena.ofAuto().allocate(24, 64));

  @Test void matmul_ofAForeignLayout_namesTheMatrixAndWhatIsTaken() {
    float[] out = {7f, 7f};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernel.matmul(worker, List.of(FloatMatrix.row(out)), FusedMatmul.of(foreign),
            FloatMatrix.allocate(1, 3)))
        .withMessage(
            "model.norm.weight is spirals; the vector kernel takes row-major weights and its own panels of 64 rows");
    assertThat(out).containsExactly(7f, 7f);
  }

  @Test void embed_ofAForeignLayout_isRefused() {
    float[] out = {7f, 7f, 7f};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernel.embed(worker, FloatMatrix.row(out), foreign, new int[]{1}))
        .withMessage("embed: table is in spirals; it must be row-major");
    assertThat(out).containsOnly(7f);
  }

  @Test void prepare_intoAForeignLayout_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernel.prepare(worker, foreign, PlainFloats.rowMajor(2, 3, new float[6])))
        .withMessageContaining("out must be the same matrix in layout panels of 64 rows");
  }

  @Test void storeKvAndAttention_ofACacheByPosition_sayWhatIsTaken() {
    Placement placement = new ByPosition();
    FloatMatrix row = FloatMatrix.allocate(1, 4);
    String message = "the cache of row 0 is f32 BY_POSITION; the vector kernel takes f32 BY_DIM";
    assertThatIllegalArgumentException().isThrownBy(() -> kernel.storeKv(worker, placement, row, row))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernel.attention(worker, FloatMatrix.allocate(1, 4), row, placement,
            AttentionShape.causal(1, 1, 4)))
        .withMessage(message);
  }

  /** One row at position 0 of a cache that the kernel does not take. */
  private record ByPosition() implements Placement, KvView {
    @Override public int rows() {
      return 1;
    }

    @Override public int position(int row) {
      return 0;
    }

    @Override public KvView cache(int row) {
      return this;
    }

    @Override public int kvHeads() {
      return 1;
    }

    @Override public int headDim() {
      return 4;
    }

    @Override public int blockSize() {
      return 64;
    }

    @Override public int capacity() {
      return 64;
    }

    @Override public Encoding encoding() {
      return new PlainFloats();
    }

    @Override public KeyLayout keyLayout() {
      return KeyLayout.BY_POSITION;
    }

    @Override public MemorySegment block(int block) {
      throw new IllegalStateException("refused before it is read");
    }
  }
}
