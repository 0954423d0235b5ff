package dev.cria.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ExpTest {

  /** A prime, so that the floats tested do not share low bits; with 1 the test covers every float and takes minutes. */
  private static final int STEP = Integer.getInteger("cria.exp.step", 1009);

  /** Over every seventh float, 0.879 units in the last place were measured, near 5.2. */
  private static final double BOUND = 0.9;

  @Test void exp_allFloatsInRange_staysWithinTheBound() {
    double worst = Math.max(worst(0f, 0x1.62e42ep6f), worst(-0f, -87f));
    assertThat(worst).as("largest error in units in the last place").isLessThan(BOUND);
  }

  private static double worst(float from, float to) {
    double worst = 0;
    int end = Float.floatToRawIntBits(to);
    for (long bits = Float.floatToRawIntBits(from); bits <= end; bits += STEP) {
      float x = Float.intBitsToFloat((int) bits);
      double exact = StrictMath.exp(x);
      worst = Math.max(worst, Math.abs(Exp.exp(x) - exact) / Math.ulp((float) exact));
    }
    return worst;
  }

  @Test void exp_zero_isExactlyOne() {
    assertThat(Exp.exp(0f)).isEqualTo(1f);
    assertThat(Exp.exp(-0f)).isEqualTo(1f);
  }

  @Test void exp_beyondTheRange_isZeroOrInfinity() {
    assertThat(Exp.exp(Math.nextDown(-87f))).isZero();
    assertThat(Exp.exp(-87f)).isPositive();
    assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.exp(Math.nextUp(0x1.62e42ep6f))).isInfinite();
    assertThat(Exp.exp(0x1.62e42ep6f)).isFinite();
    assertThat(Exp.exp(Float.POSITIVE_INFINITY)).isInfinite();
    assertThat(Exp.exp(Float.NaN)).isNaN();
  }

  @Test void gates_farOut_areZeroOrIdentity() {
    assertThat(Exp.silu(100f)).isEqualTo(100f);
    assertThat(Exp.silu(-100f)).isEqualTo(-0f);
    assertThat(Exp.gelu(20f)).isEqualTo(20f);
    assertThat(Exp.gelu(-20f)).isEqualTo(-0f);
    assertThat(Exp.tanh(50f)).isEqualTo(1f);
    assertThat(Exp.tanh(-50f)).isEqualTo(-1f);
  }

  @Test void gates_inBetween_areCloseToTheirFormulas() {
    for (float v = -8f; v <= 8f; v += 0.37f) {
      double silu = v / (1 + Math.exp(-v));
      double gelu = 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
      double tolerance = 1e-6 * Math.max(1, Math.abs(v));
      assertThat((double) Exp.silu(v)).as("silu(%s)", v).isCloseTo(silu, within(tolerance));
      assertThat((double) Exp.gelu(v)).as("gelu(%s)", v).isCloseTo(gelu, within(tolerance));
      assertThat((double) Exp.tanh(v)).as("tanh(%s)", v).isCloseTo(Math.tanh(v), within(1e-6));
    }
  }
}
