package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gates, against their formulas: to the bit in binary32, and nearly in float64. */
class GatesTest {

  private static final int GATE_SUMS = Scratch.SUMS;
  private static final int UP_SUMS = Scratch.SUMS + 128;
  private static final float CANARY = 123.456f;

  /** Outputs 3 .. 3 + gates.length of row 1 of a matrix of canaries with gaps between its rows. */
  private static FloatMatrix finish(Gate gate, float[] gates, float[] ups) {
    float[] scratch = new float[Scratch.DECODED];
    System.arraycopy(gates, 0, scratch, GATE_SUMS, gates.length);
    System.arraycopy(ups, 0, scratch, UP_SUMS, ups.length);
    FloatMatrix out = new FloatMatrix(new float[3 * 140], 2, 3, 133, 139);
    Arrays.fill(out.data(), CANARY);
    Gates.finish(gate, out, 1, 3, gates.length, scratch, GATE_SUMS, UP_SUMS);
    return out;
  }

  /** docs/NUMERICS.md, operation by operation. */
  private static float activation(Gate gate, float v) {
    float u = gate == Gate.SILU ? v : v * Math.fma(v * v, 0x1.2444f2p-4f, 0x1.988454p0f);
    return v / (1f + Exp.exp(-u));
  }

  @ParameterizedTest
  @EnumSource void finish_anyCount_writesTheFormulaAndNothingElse(Gate gate) {
    for (int count : new int[]{1, 2, 7, 15, 16, 17, 33, 63, 64, 65, 127, 128}) {
      float[] gates = Numbers.random(count, count);
      float[] ups = Numbers.random(-count, count);
      FloatMatrix out = finish(gate, gates, ups);
      float[] expected = new float[out.data().length];
      Arrays.fill(expected, CANARY);
      for (int i = 0; i < count; i++) {
        expected[out.index(1) + 3 + i] = activation(gate, gates[i]) * ups[i];
      }
      assertThat(Numbers.bits(out.data())).as("%d outputs", count).isEqualTo(Numbers.bits(expected));
    }
  }

  @ParameterizedTest
  @EnumSource void finish_extremeSums_areThoseOfTheFormula(Gate gate) {
    float[] gates = {0f, -0f, Float.MIN_VALUE, 100f, -100f, 1e20f, -1e20f, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.NaN};
    float[] ups = new float[gates.length];
    Arrays.fill(ups, 1f);
    FloatMatrix out = finish(gate, gates, ups);
    for (int i = 0; i < gates.length; i++) {
      assertThat(Numbers.bits(out.data(), out.index(1) + 3 + i, 1)).as("gate of %s", gates[i])
          .isEqualTo(Numbers.bits(new float[]{activation(gate, gates[i])}));
    }
  }

  @Test void finish_moderateSums_areCloseToTheDefinitions() {
    float[] gates = new float[64];
    float[] ups = new float[64];
    for (int i = 0; i < gates.length; i++) {
      gates[i] = (i - 32) / 4f;
      ups[i] = 1f;
    }
    FloatMatrix silu = finish(Gate.SILU, gates, ups);
    FloatMatrix gelu = finish(Gate.GELU, gates, ups);
    for (int i = 0; i < gates.length; i++) {
      double v = gates[i];
      double tanh = Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v));
      assertThat((double) silu.data()[silu.index(1) + 3 + i]).as("silu(%s)", v)
          .isCloseTo(v / (1 + Math.exp(-v)), within(1e-6 * Math.max(1, Math.abs(v))));
      assertThat((double) gelu.data()[gelu.index(1) + 3 + i]).as("gelu(%s)", v)
          .isCloseTo(0.5 * v * (1 + tanh), within(1e-6 * Math.max(1, Math.abs(v))));
    }
  }
}
