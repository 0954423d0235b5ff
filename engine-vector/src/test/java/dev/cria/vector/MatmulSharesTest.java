package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices of every number of rows, cut among workers in the middle of panels and of fused matrices, or drawn in tiles. */
class MatmulSharesTest {

  private static final int COLS = 9;

  private final VectorKernel kernel = new VectorKernel();

  private WeightMatrix weights(int rows, float[] values, boolean prepared) {
    WeightMatrix in = PlainFloats.rowMajor(rows, COLS, values);
    if (!prepared) {
      return in;
    }
    WeightMatrix out = new WeightMatrix("w", rows, COLS, in.encoding(), PanelLayout.PANELS,
        Arena.ofAuto().allocate(PanelLayout.PANELS.byteSize(rows, COLS, in.encoding()), 64));
    kernel.prepare(team(1).getFirst(), out, in);
    return out;
  }

  private List<TeamMember> team(int workers) {
    return TeamMember.team(workers, kernel.scratch(new KernelLimits(131, 300, 1, 2, 64, workers)));
  }

  private static float dot(float[] w, int row, float[] x, int xStart) {
    float sum = 0f;
    for (int k = 0; k < COLS; k++) {
      sum = Math.fma(w[row * COLS + k], x[xStart + k], sum);
    }
    return sum;
  }

  @ParameterizedTest(name = "prepared {0}, {1} workers, {2} rows of x")
  @CsvSource({"true, 1, 1", "true, 2, 1", "true, 3, 1", "true, 7, 1", "true, 3, 2", "true, 2, 131", "true, 1, 131",
      "false, 1, 1", "false, 3, 1", "false, 3, 2"}) void matmul_anyNumberOfRows_isWholeWhoeverComputesIt(
          boolean prepared, int workers, int xRows) {
    float[] x = Numbers.random(1, xRows * COLS);
    for (int rows = 1; rows <= 270; rows += rows < 70 ? 1 : 13) {
      int other = 1 + rows * 7 % 90;
      float[] first = Numbers.random(rows, rows * COLS);
      float[] second = Numbers.random(-rows, other * COLS);
      FusedMatmul product = FusedMatmul.of(weights(rows, first, prepared), weights(other, second, prepared));
      FloatMatrix out = FloatMatrix.allocate(xRows, rows);
      FloatMatrix otherOut = FloatMatrix.allocate(xRows, other);
      Arrays.fill(out.data(), Float.NaN);
      Arrays.fill(otherOut.data(), Float.NaN);
      for (Worker worker : team(workers)) {
        kernel.matmul(worker, List.of(out, otherOut), product, new FloatMatrix(x, 0, xRows, COLS, COLS));
      }
      assertProduct(out, first, x, rows);
      assertProduct(otherOut, second, x, other);
    }
  }

  private static void assertProduct(FloatMatrix out, float[] w, float[] x, int rows) {
    float[] expected = new float[out.data().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = dot(w, i % rows, x, i / rows * COLS);
    }
    assertThat(Numbers.bits(out.data())).as("%d rows", rows).isEqualTo(Numbers.bits(expected));
  }
}
