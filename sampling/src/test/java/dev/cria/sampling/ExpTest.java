package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpTest {

  private static final MathContext DIGITS = new MathContext(60);

  @ParameterizedTest
  @ValueSource(floats = {0f, -0f, -0x1p-149f, -0x1p-60f, -0x1p-25f, -0x1p-24f, -0.5f, -1f, -17.25f, -87.33655f, -87.5f,
      -103.2789f, -103.28f, -103.97f, -103.9721f, -103.9722f, -104f}) void exp_edges_areTheNearestFloats(float x) {
    assertThat(Exp.exp(x)).isEqualTo(nearest(x));
  }

  @Test void exp_randomFloats_areTheNearestFloats() {
    Random random = new Random(20_260_113L);
    for (int i = 0; i < 5_000; i++) {
      float x = i % 2 == 0 ? -104 * random.nextFloat() : -(float) Math.exp(8 * random.nextGaussian());
      assertThat(Exp.exp(x)).as("exp(%s)", x).isEqualTo(nearest(x));
    }
  }

  @Test void exp_manyFloats_areTheRoundedDoubles() {
    // a step that is prime to the bits of a float meets all exponents and all kinds of fractions
    for (long bits = Float.floatToIntBits(0x1p-27f); bits <= Float.floatToIntBits(104); bits += 257) {
      float x = -Float.intBitsToFloat((int) bits);
      if (Exp.exp(x) != (float) StrictMath.exp(x)) {
        assertThat(Exp.exp(x)).as("exp(%s)", x).isEqualTo((float) StrictMath.exp(x));
      }
    }
  }

  @Test void exp_farBelow_isZero() {
    assertThat(Exp.exp(-104.1f)).isZero();
    assertThat(Exp.exp(-1e30f)).isZero();
    assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isZero();
  }

  /** By the exponential series with 60 digits, on x / 4096, squared twelve times. */
  private static float nearest(float x) {
    if (x < -105) {
      return 0;
    }
    BigDecimal part = new BigDecimal(x).divide(new BigDecimal(4096), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 30; i++) {
      term = term.multiply(part, DIGITS).divide(new BigDecimal(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 12; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum.floatValue(); // rounds correctly
  }
}
