package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of panels, and the way into it and out of it. */
class PackingTest {

  private final VectorKernel kernel = new VectorKernel();

  private static WeightMatrix empty(int rows, int cols) {
    PlainFloats f32 = new PlainFloats();
    return new WeightMatrix("w", rows, cols, f32, PanelLayout.PANELS,
        Arena.ofAuto().allocate(PanelLayout.PANELS.byteSize(rows, cols, f32), 64));
  }

  private WeightMatrix prepare(int rows, int cols, float[] values, int workers) {
    WeightMatrix out = empty(rows, cols);
    WeightMatrix in = PlainFloats.rowMajor(rows, cols, values);
    for (Worker worker : TeamMember.team(workers, kernel.scratch(new KernelLimits(1, cols, 1, 2, 64, workers)))) {
      kernel.prepare(worker, out, in);
    }
    return out;
  }

  @ParameterizedTest(name = "({0}, {1}) by {2} workers")
  @CsvSource({"1, 1, 1", "2, 3, 1", "63, 17, 1", "64, 512, 1", "65, 513, 2", "130, 5, 3", "129, 1029, 2",
      "64, 1, 4"}) void prepare_anyShape_putsEachElementInItsColumnAndZerosBelowTheLastRow(int rows, int cols,
          int workers) {
    float[] values = Numbers.random(rows * cols, rows * cols);
    WeightMatrix packed = prepare(rows, cols, values, workers);
    for (int row = 0; row < Math.ceilDiv(rows, 64) * 64; row++) {
      for (int k = 0; k < cols; k++) {
        long index = (long) row / 64 * 64 * cols + k * 64L + row % 64;
        float expected = row < rows ? values[row * cols + k] : 0f;
        float actual = packed.data().get(PlainFloats.FLOAT, index * Float.BYTES);
        if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(expected)) {
          assertThat(actual).as("element (%d, %d)", row, k).isEqualTo(expected);
        }
      }
    }
  }

  @Test void prepare_specialValues_keepsTheirBits() {
    float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY,
        Float.intBitsToFloat(0x7FC0_1234), Float.intBitsToFloat(0xFFC0_0001)};
    WeightMatrix packed = prepare(4, 2, values, 1);
    for (int i = 0; i < values.length; i++) {
      long at = i % 2 * PanelLayout.COLUMN_BYTES + (long) (i / 2) * Float.BYTES;
      assertThat(Float.floatToRawIntBits(packed.data().get(PlainFloats.FLOAT, at))).as("value %d", i)
          .isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 256", "64, 3, 768", "65, 3, 1536", "128, 288, 147456",
      "32000, 288, 36864000"}) void byteSize_anyShape_padsTheRowsToPanels(int rows, int cols, long bytes) {
    assertThat(PanelLayout.PANELS.byteSize(rows, cols, new PlainFloats())).isEqualTo(bytes);
  }

  @Test void byteSize_nearlyTheLargestMatrix_isRightOrRefusedButNeverWraps() {
    assertThat(PanelLayout.PANELS.byteSize(128_256, 16_384, new PlainFloats())).isEqualTo(128_256L * 16_384 * 4);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(
        () -> PanelLayout.PANELS.byteSize(Integer.MAX_VALUE, Integer.MAX_VALUE, new PlainFloats()));
  }

  @Test void start_ofRowsFarIntoALargeMatrix_isNoInt() {
    assertThat(PanelLayout.start(70_000, 16_384)).isEqualTo(70_000L / 64 * 64 * 16_384 * 4 + 70_000 % 64 * 4);
  }
}
