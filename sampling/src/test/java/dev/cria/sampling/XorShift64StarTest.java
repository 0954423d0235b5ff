package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XorShift64StarTest {

  @ParameterizedTest
  @CsvSource({"1, 1206177355, 2882512552, 3117485455, 1303648416",
      "42, 1456360119, 3359763283, 3393612768, 4054632243", "1337, 989205090, 818269915, 1335155955, 3876892996",
      "133742, 3033531262, 2674377904, 2312864567, 2287415643"}) void nextInt_knownSeed_givesLlama2cNumbers(long seed,
          long first, long second, long third, long fourth) {
    XorShift64Star random = new XorShift64Star(seed);
    for (long expected : new long[]{first, second, third, fourth}) {
      assertThat(Integer.toUnsignedLong(random.nextInt())).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test void nextFloat_knownSeed_givesLlama2cNumbers() {
    XorShift64Star random = new XorShift64Star(42);
    for (long bits : new long[]{1456360119L, 3359763283L, 3393612768L, 4054632243L}) {
      assertThat(random.nextFloat()).isEqualTo((bits >> 8) / 16777216f);
    }
    assertThat(new XorShift64Star(42).nextFloat()).isEqualTo(.33908522f);
    assertThat(new XorShift64Star(1).nextFloat()).isEqualTo(.28083503f);
  }

  @Test void nextLong_upperHalf_isNextInt() {
    XorShift64Star random = new XorShift64Star(7);
    assertThat((int) (random.copy().nextLong() >>> 32)).isEqualTo(random.nextInt());
  }

  @Test void copy_goesOnAlikeAndIndependently() {
    XorShift64Star random = new XorShift64Star(-5);
    random.nextInt();
    XorShift64Star copy = random.copy();
    long next = random.nextLong();
    random.nextLong();
    assertThat(copy.nextLong()).isEqualTo(next);
  }

  @Test void constructor_seedZero_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new XorShift64Star(0))
        .withMessage("seed must not be 0: the generator would give nothing but 0");
  }
}
