package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More rows and columns than fit in one tile: what the kit's cases are too small for. */
class ManyRowsTest {

  private static final int WEIGHT_ROWS = 70;
  private static final int COLS = 2 * Encoding.MAX_BLOCK_SIZE + 5;
  private static final int ROWS = 2 * Scratch.SUM_ROWS + 3;

  private final Random random = new Random(20_261_124);
  private final VectorKernel kernel = new VectorKernel();
  private final Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(ROWS, COLS, 1, 8, 64, 1)));
  private final WeightMatrix rowMajor = weights();
  private final FloatMatrix x = matrix(ROWS, COLS);

  @ParameterizedTest(name = "prepared {0}")
  @ValueSource(booleans = {false, true}) void matmul_moreRowsThanATile_sumsInAscendingOrder(boolean prepared) {
    FloatMatrix out = FloatMatrix.allocate(ROWS, WEIGHT_ROWS);
    kernel.matmul(worker, List.of(out), FusedMatmul.of(prepared ? prepared() : rowMajor), x);
    for (int r = 0; r < ROWS; r++) {
      for (int row = 0; row < WEIGHT_ROWS; row++) {
        assertThat(out.data()[out.index(r) + row]).as("row %d, output %d", r, row).isEqualTo(expected(r, row, 0f));
      }
    }
  }

  @ParameterizedTest(name = "prepared {0}")
  @ValueSource(booleans = {false, true}) void matmul_gatedWithMoreRowsThanATile_givesEachRowWhatItGetsAlone(
      boolean prepared) {
    WeightMatrix w = prepared ? prepared() : rowMajor;
    FusedMatmul gated = FusedMatmul.gated(Gate.GELU, w, w);
    FloatMatrix out = FloatMatrix.allocate(ROWS, WEIGHT_ROWS);
    kernel.matmul(worker, List.of(out), gated, x);
    FloatMatrix alone = FloatMatrix.allocate(1, WEIGHT_ROWS);
    for (int r = 0; r < ROWS; r++) {
      kernel.matmul(worker, List.of(alone), gated, new FloatMatrix(x.data(), x.index(r), 1, COLS, COLS));
      assertThat(new FloatMatrix(out.data(), out.index(r), 1, WEIGHT_ROWS, WEIGHT_ROWS)).as("row %d", r)
          .satisfies(row -> assertThat(row(row)).containsExactly(row(alone)));
    }
  }

  @ParameterizedTest(name = "accumulate {0}")
  @ValueSource(booleans = {false, true}) void gemm_moreRowsThanATile_sumsInAscendingOrder(boolean accumulate) {
    FloatMatrix b = new FloatMatrix(
        rowMajor.data().toArray(JAVA_FLOAT), 0, WEIGHT_ROWS, COLS, COLS);
    FloatMatrix out = matrix(ROWS, WEIGHT_ROWS);
    float[] before = out.data().clone();
    kernel.gemm(worker, out, x, b, new GemmForm(false, true, accumulate));
    for (int r = 0; r < ROWS; r++) {
      for (int row = 0; row < WEIGHT_ROWS; row++) {
        int at = out.index(r) + row;
        float expected = expected(r, row, accumulate ? before[at] : 0f);
        assertThat(out.data()[at]).as("element (%d, %d)", r, row).isEqualTo(expected);
      }
    }
  }

  private float expected(int r, int row, float before) {
    float sum = before;
    for (int k = 0; k < COLS; k++) {
      sum = Math.fma(rowMajor.data().getAtIndex(JAVA_FLOAT, (long) row * COLS + k), x.data()[x.index(r) + k], sum);
    }
    return sum;
  }

  private static float[] row(FloatMatrix matrix) {
    float[] row = new float[matrix.cols()];
    System.arraycopy(matrix.data(), matrix.offset(), row, 0, row.length);
    return row;
  }

  private FloatMatrix matrix(int rows, int cols) {
    FloatMatrix matrix = FloatMatrix.allocate(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = (float) random.nextGaussian();
    }
    return matrix;
  }

  private WeightMatrix weights() {
    float[] values = matrix(WEIGHT_ROWS, COLS).data();
    MemorySegment data = Arena.ofAuto().allocateFrom(JAVA_FLOAT, values);
    return WeightMatrix.rowMajor("w", WEIGHT_ROWS, COLS, new PlainFloats(), data);
  }

  private WeightMatrix prepared() {
    WeightLayout layout = kernel.preferredLayout(WEIGHT_ROWS, COLS, rowMajor.encoding());
    MemorySegment data = Arena.ofAuto().allocate(layout.byteSize(WEIGHT_ROWS, COLS, rowMajor.encoding()), 64);
    WeightMatrix out = new WeightMatrix("w", WEIGHT_ROWS, COLS, rowMajor.encoding(), layout, data);
    kernel.prepare(worker, out, rowMajor);
    return out;
  }
}
