package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import dev.cria.encodings.Q4_KEncoding;
import dev.cria.encodings.Q6_KEncoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels of any range in groups of any size: the bits of docs/NUMERICS.md, alone and in a batch. */
class PackedLevelsTest {

  private static final int ROWS = 350;
  private static final int X_ROWS = 5;

  private final VectorKernel kernel = new VectorKernel();

  @ParameterizedTest(name = "{1} groups of {0} a block, products {2}, minimum {3}, levels {4} to {5}")
  @CsvSource({"1, 1, false, false, 0, 1", "1, 2, false, true, -1, 0", "7, 1, false, true, -128, 127",
      "16, 1, false, false, -4, 3", "16, 1, false, false, -32, 31", "32, 1, false, true, 0, 15",
      "32, 1, false, false, -16, 15", "33, 1, false, false, 5, 5", "64, 1, false, true, 0, 31",
      "512, 1, false, false, -128, 127", "32, 1, false, false, -128, 127", "3, 1, false, false, -128, 127",
      "32, 1, false, false, -127, 113", "10, 1, false, true, -100, 27", "32, 1, false, false, 100, 355",
      "4, 1, false, false, 0, 1", "8, 3, false, true, -1, 0", "12, 1, false, false, 3, 6",
      "16, 1, false, true, 0, 3",
      "32, 1, false, false, -8, 7", "20, 2, false, true, 0, 6", "6, 1, false, true, 0, 6",
      "32, 1, false, false, -16, 15", "32, 1, false, true, 0, 31", "32, 1, false, false, -128, 127",
      "33, 1, false, false, -128, 127", "4, 1, true, false, 0, 1", "16, 16, true, true, 0, 3",
      "16, 16, true, false, -4, 3", "32, 8, true, true, 0, 15", "12, 3, true, true, -2, 2",
      "28, 5, true, false, 7, 22", "5, 2, true, true, 0, 15", "32, 8, true, true, 0, 31",
      "16, 16, true, false, -32, 31",
      "32, 8, true, false, -127, 113"}) void matmul_ofPackedLevels_sumsGroupByGroup(
          int groupSize, int groups, boolean products, boolean hasMinimum, int lowest, int highest) {
    FakeLevels encoding = new FakeLevels(groupSize, groups, products, hasMinimum, lowest, highest);
    int block = groups * groupSize;
    int cols = 3 * block + (block < 100 ? 600 / block * block : 0);
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
        Float expected = expected(encoding, in, row, x.data(), r * cols);
        assertThat(out.data()[r * ROWS + row]).as("row %d of x, output %d", r, row).isEqualTo(expected);
        assertThat(alone.data()[row]).as("row %d of x alone, output %d", r, row).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest(name = "the factor {1}, scales are products: {0}")
  @CsvSource({"true, 0x1p-110f", "true, 0x1p-116f", "true, 0x1p-130f", "false, 0x1p-110f", "false, 0x1p-116f",
      "false, 0x1p-130f", "false, 0x1p100f"}) void matmul_ofTinyOrHugeActivations_losesNothing(
          boolean products, String factor) {
    FakeLevels encoding = new FakeLevels(32, 8, products, true, 0, 15);
    int cols = 512;
    WeightMatrix in = weights(encoding, cols);
    float[] row = Numbers.random(3, cols);
    for (int k = 0; k < cols; k++) {
      row[k] *= k % 7 == 0 ? 0f : Float.parseFloat(factor);
    }
    Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(1, cols, 1, 2, 64, 1)));
    FloatMatrix out = FloatMatrix.allocate(1, ROWS);
    kernel.matmul(worker, List.of(out), FusedMatmul.of(packed(worker, in)), FloatMatrix.row(row));
    for (int r = 0; r < ROWS; r++) {
      assertThat(out.data()[r]).as("output %d", r).isEqualTo(expected(encoding, in, r, row, 0));
    }
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 30, 64, 350}) void matmul_gatedByAnotherEncoding_isThatOfRowsAsTheyAre(int rows) {
    int cols = 256;
    WeightMatrix gate = encoded(new Q4_KEncoding(), rows, cols);
    WeightMatrix up = encoded(new Q6_KEncoding(), rows, cols);
    Worker worker = TeamMember.alone(kernel.scratch(new KernelLimits(1, cols, 1, 2, 64, 1)));
    FloatMatrix x = new FloatMatrix(Numbers.random(2, cols), 0, 1, cols, cols);
    FloatMatrix expected = FloatMatrix.allocate(1, rows);
    kernel.matmul(worker, List.of(expected), FusedMatmul.gated(Gate.SILU, gate, up), x);
    FloatMatrix out = FloatMatrix.allocate(1, rows);
    kernel.matmul(worker, List.of(out), FusedMatmul.gated(Gate.SILU, packed(worker, gate), packed(worker, up)), x);
    assertThat(Numbers.bits(out.data())).isEqualTo(Numbers.bits(expected.data()));
  }

  private static WeightMatrix encoded(Encoding encoding, int rows, int cols) {
    MemorySegment data = Arena.ofAuto().allocate(rows * encoding.rowBytes(cols), 64);
    encoding.encode(Numbers.random(rows, rows * cols), 0, data, 0, rows * cols);
    return WeightMatrix.rowMajor("w", rows, cols, encoding, data);
  }

  private WeightMatrix packed(Worker worker, WeightMatrix in) {
    WeightLayout layout = kernel.preferredLayout(in.rows(), in.cols(), in.encoding());
    assertThat(layout).isSameAs(LevelLayout.LEVELS);
    WeightMatrix out = new WeightMatrix("w", in.rows(), in.cols(), in.encoding(), layout,
        Arena.ofAuto().allocate(layout.byteSize(in.rows(), in.cols(), in.encoding()), 64));
    kernel.prepare(worker, out, in);
    return out;
  }

  private static WeightMatrix weights(FakeLevels encoding, int cols) {
    Random random = new Random(cols);
    long rowBytes = encoding.rowBytes(cols);
    MemorySegment data = Arena.ofAuto().allocate(ROWS * rowBytes, 64);
    int perBlock = encoding.blockBytes() / Float.BYTES;
    for (long i = 0; i < data.byteSize() / Float.BYTES; i++) {
      int inGroup = (int) (i % perBlock) - encoding.headFloats();
      boolean level = inGroup >= 0 && inGroup % encoding.groupFloats() >= encoding.factors();
      data.setAtIndex(PlainFloats.FLOAT, i, level
          ? random.nextInt(encoding.lowestLevel(), encoding.highestLevel() + 1)
          : scale(encoding, inGroup >= 0, random));
    }
    return WeightMatrix.rowMajor("w", ROWS, cols, encoding, data);
  }

  private static float scale(FakeLevels encoding, boolean ofGroup, Random random) {
    return encoding.scalesAreProducts() && ofGroup ? random.nextInt(-128, 128) : random.nextFloat(-1, 1);
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
