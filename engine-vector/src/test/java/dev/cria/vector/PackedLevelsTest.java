package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels of any range in groups of any size: the bits of docs/NUMERICS.md, alone and in a batch. */
class PackedLevelsTest {

  private static final int ROWS = 350;
  private static final int X_ROWS = 5;

  private final VectorKernel kernel = new VectorKernel();

  @ParameterizedTest(name = "groups of {0}, minimum {1}, levels {2} to {3}")
  @CsvSource({"1, false, 0, 1", "1, true, -1, 0", "7, true, -128, 127", "16, false, -4, 3", "16, false, -32, 31",
      "16, true, 0, 3", "32, true, 0, 15", "32, false, -16, 15", "33, false, 5, 5", "64, true, 0, 31",
      "512, false, -128, 127", "32, false, -128, 127", "3, false, -128, 127", "32, false, -127, 113",
      "10, true, -100, 27", "32, false, 100, 355"}) void matmul_ofPackedLevels_sumsGroupByGroup(
          int groupSize, boolean hasMinimum, int lowest, int highest) {
    FakeLevels encoding = new FakeLevels(groupSize, hasMinimum, lowest, highest);
    int cols = 3 * groupSize + (groupSize < 100 ? 600 / groupSize * groupSize : 0);
    WeightMatrix in = weights(encoding, cols);
    boolean bytes = !hasMinimum && lowest <= -127 && VectorShapes.AS_MANY_BYTES;
    WeightLayout layout = bytes ? ByteLayout.BYTES : LevelLayout.LEVELS;
    assertThat(kernel.preferredLayout(ROWS, cols, encoding)).isSameAs(layout);
    Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(X_ROWS, cols, 1, 2, 64, 1)));
    WeightMatrix packed = new WeightMatrix("w", ROWS, cols, encoding, layout,
        Arena.ofAuto().allocate(layout.byteSize(ROWS, cols, encoding), 64));
    kernel.prepare(worker, packed, in);
    FloatMatrix x = new FloatMatrix(Numbers.random(1, X_ROWS * cols), 0, X_ROWS, cols, cols);
    FloatMatrix out = FloatMatrix.allocate(X_ROWS, ROWS);
    kernel.matmul(worker, List.of(out), FusedMatmul.of(packed), x);
    FloatMatrix alone = FloatMatrix.allocate(1, ROWS);
    for (int r = 0; r < X_ROWS; r++) {
      kernel.matmul(worker, List.of(alone), FusedMatmul.of(packed), new FloatMatrix(x.data(), r * cols, 1, cols, cols));
      for (int row = 0; row < ROWS; row++) {
        float expected = expected(encoding, in, row, x.data(), r * cols);
        assertThat(out.data()[r * ROWS + row]).as("row %d of x, output %d", r, row).isEqualTo(expected);
        assertThat(alone.data()[row]).as("row %d of x alone, output %d", r, row).isEqualTo(expected);
      }
    }
  }

  private static WeightMatrix weights(FakeLevels encoding, int cols) {
    Random random = new Random(cols);
    long rowBytes = encoding.rowBytes(cols);
    MemorySegment data = Arena.ofAuto().allocate(ROWS * rowBytes, 64);
    int perGroup = encoding.blockBytes() / Float.BYTES;
    for (long i = 0; i < data.byteSize() / Float.BYTES; i++) {
      boolean level = i % perGroup >= (encoding.hasMinimum() ? 2 : 1);
      data.setAtIndex(PlainFloats.FLOAT, i, level
          ? random.nextInt(encoding.lowestLevel(), encoding.highestLevel() + 1)
          : random.nextFloat(-1, 1));
    }
    return WeightMatrix.rowMajor("w", ROWS, cols, encoding, data);
  }

  private static float expected(FakeLevels encoding, WeightMatrix w, int row, float[] x, int xStart) {
    int cols = w.cols();
    int size = encoding.groupSize();
    float[] decoded = new float[3 * cols];
    encoding.decodeGroups(w.data(), row * encoding.rowBytes(cols), decoded, 0, cols);
    float sum = 0;
    for (int g = 0; g < cols / size; g++) {
      float product = 0;
      float total = 0;
      for (int k = g * size; k < (g + 1) * size; k++) {
        product = Math.fma(decoded[k], x[xStart + k], product);
        total += x[xStart + k];
      }
      sum = Math.fma(decoded[cols + g], product, sum);
      if (encoding.hasMinimum()) {
        sum = Math.fma(-decoded[cols + cols / size + g], total, sum);
      }
    }
    return sum;
  }
}
