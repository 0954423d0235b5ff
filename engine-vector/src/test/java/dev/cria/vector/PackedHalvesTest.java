package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import dev.cria.encodings.Bf16Encoding;
import dev.cria.encodings.F16Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every two-byte float there is, multiplied by one. */
class PackedHalvesTest {

  private static final int COLS = 3;

  static Stream<Encoding> encodings() {
    return Stream.of(new F16Encoding(), new Bf16Encoding());
  }

  @ParameterizedTest
  @MethodSource("encodings") void matmul_ofEveryTwoByteFloat_isThatFloat(Encoding encoding) {
    int rows = 1 << 16;
    MemorySegment data = Arena.ofAuto().allocate(encoding.rowBytes(COLS) * rows, 64);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < COLS; k++) {
        data.set(PlainFloats.SHORT, 2L * (COLS * row + k), (short) (row + k));
      }
    }
    WeightMatrix in = WeightMatrix.rowMajor("w", rows, COLS, encoding, data);
    VectorKernel kernel = new VectorKernel();
    WeightLayout layout = kernel.preferredLayout(rows, COLS, encoding);
    assertThat(layout).isSameAs(HalfLayout.HALVES);
    Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(2, rows, 1, 2, 64, 1)));
    WeightMatrix packed = new WeightMatrix("w", rows, COLS, encoding, layout,
        Arena.ofAuto().allocate(layout.byteSize(rows, COLS, encoding), 64));
    kernel.prepare(worker, packed, in);
    for (int k = 0; k < COLS; k++) {
      for (int xRows = 1; xRows <= 2; xRows++) {
        assertColumn(kernel, worker, packed, k, xRows);
      }
    }
  }

  private static void assertColumn(VectorKernel kernel, Worker worker, WeightMatrix w, int k, int xRows) {
    FloatMatrix x = FloatMatrix.allocate(xRows, COLS);
    x.data()[k] = 1;
    FloatMatrix out = FloatMatrix.allocate(xRows, w.rows());
    kernel.matmul(worker, List.of(out), FusedMatmul.of(w), x);
    float[] row = new float[COLS];
    for (int bits = 0; bits < w.rows(); bits++) {
      float expected = 0;
      for (int i = 0; i < COLS; i++) {
        short half = (short) (bits + i);
        row[i] = w.encoding() instanceof Bf16Encoding ? Float.intBitsToFloat(half << 16) : Float.float16ToFloat(half);
        expected = Math.fma(row[i], x.data()[i], expected);
      }
      if (Float.floatToIntBits(out.data()[bits]) != Float.floatToIntBits(expected)) {
        assertThat(out.data()[bits]).as("%s, %d rows, column %d, row %04x", w.encoding().name(), xRows, k, bits)
            .isEqualTo(expected);
      }
    }
  }
}
