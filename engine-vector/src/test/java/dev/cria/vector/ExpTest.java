package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exponential on vectors, against that of one number, and that against float64. */
class ExpTest {

  private static final float MOST = 0x1.62e42ep6f;

  /** A prime, so that the floats tested do not share low bits. */
  private static final int STEP = 4001;

  /** In units in the last place; docs/NUMERICS.md. */
  private static final double BOUND = 0.9;

  private static float[] manyFloats() {
    float[] all = new float[(int) ((1L << 32) / STEP) + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = Float.intBitsToFloat((int) ((long) i * STEP));
    }
    return all;
  }

  private static float[] ends() {
    return new float[]{0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -87f,
        Math.nextDown(-87f), Math.nextUp(-87f), MOST, Math.nextUp(MOST), Math.nextDown(MOST), Float.MAX_VALUE,
        -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN,
        Float.intBitsToFloat(0x7FFF_FFFF), Float.intBitsToFloat(0xFF80_0001)};
  }

  @Test void ofDifferences_floatsOfAllMagnitudes_isThatOfOneNumber() {
    assertEachIsThatOfOneNumber(manyFloats());
  }

  @Test void ofDifferences_atTheEndsOfTheRange_isThatOfOneNumber() {
    assertEachIsThatOfOneNumber(ends());
  }

  private static void assertEachIsThatOfOneNumber(float[] x) {
    float[] values = Arrays.copyOf(x, x.length + VectorShapes.LANES);
    Exp.ofDifferences(values, 0, x.length, 0f);
    for (int i = 0; i < x.length; i++) {
      if (Float.floatToIntBits(values[i]) != Float.floatToIntBits(Exp.exp(x[i]))) {
        assertThat(values[i]).as("exp(%s), number %d", x[i], i).isEqualTo(Exp.exp(x[i]));
      }
    }
  }

  /** docs/NUMERICS.md once more, with the numbers as they stand there: the bound alone lets a coefficient slip. */
  private static float asWritten(float x) {
    float t = Math.fma(x, 0x1.715476p0f, 0x1.8p23f);
    float n = t - 0x1.8p23f;
    float r = Math.fma(n, -0x1.62e430p-1f, x);
    r = Math.fma(n, 0x1.05c610p-29f, r);
    float p = 0x1.6a244cp-10f;
    for (float c : new float[]{0x1.1239d4p-7f, 0x1.5558f2p-5f, 0x1.555492p-3f, 0x1.fffffcp-2f, 1f, 1f}) {
      p = Math.fma(p, r, c);
    }
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(t) << 23));
  }

  @Test void exp_floatsInRange_hasTheBitsAsWritten() {
    for (float x : manyFloats()) {
      if (x >= -87f && x <= MOST && Exp.exp(x) != asWritten(x)) {
        assertThat(Exp.exp(x)).as("exp(%s)", x).isEqualTo(asWritten(x));
      }
    }
  }

  @Test void exp_floatsInRange_staysWithinTheBound() {
    double worst = 0;
    for (float x : manyFloats()) {
      if (x >= -87f && x <= MOST) {
        double exact = StrictMath.exp(x);
        worst = Math.max(worst, Math.abs(Exp.exp(x) - exact) / Math.ulp((float) exact));
      }
    }
    assertThat(worst).as("largest error in units in the last place").isPositive().isLessThan(BOUND);
  }

  @Test void exp_atTheEndsOfTheRange_isAsDefined() {
    assertThat(Exp.exp(0f)).isEqualTo(1f);
    assertThat(Exp.exp(-0f)).isEqualTo(1f);
    assertThat(Exp.exp(-87f)).isPositive();
    assertThat(Exp.exp(Math.nextDown(-87f))).isZero();
    assertThat(Exp.exp(MOST)).isFinite();
    assertThat(Exp.exp(Math.nextUp(MOST))).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.exp(Float.NaN)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 1.5f, -3f, 1e30f, Float.NEGATIVE_INFINITY,
      Float.NaN}) void ofDifferences_ofASubtrahend_roundsTheDifferenceFirst(
          float subtracted) {
    float[] x = Numbers.random(1, 64);
    float[] values = x.clone();
    Exp.ofDifferences(values, 0, x.length, subtracted);
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = Exp.exp(x[i] - subtracted);
    }
    assertThat(Numbers.bits(values)).isEqualTo(Numbers.bits(expected));
  }

  @Test void ofDifferences_ofAPart_touchesNothingBeforeItNorBeyondItsLastVector() {
    int lanes = VectorShapes.LANES;
    for (int count = 1; count <= 3 * lanes; count++) {
      float[] before = Numbers.random(count, 6 * lanes);
      float[] values = before.clone();
      int end = lanes + Math.ceilDiv(count, lanes) * lanes;
      Exp.ofDifferences(values, lanes, lanes + count, 0f);
      assertThat(Numbers.bits(values, 0, lanes)).as("before %d values", count)
          .isEqualTo(Numbers.bits(before, 0, lanes));
      assertThat(Numbers.bits(values, end, before.length - end)).as("beyond %d values", count)
          .isEqualTo(Numbers.bits(before, end, before.length - end));
      for (int i = lanes; i < lanes + count; i++) {
        assertThat(values[i]).as("value %d of %d", i - lanes, count).isEqualTo(Exp.exp(before[i]));
      }
    }
  }
}
