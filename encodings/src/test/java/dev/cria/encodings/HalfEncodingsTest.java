package dev.cria.encodings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** F16 and BF16. */
final class HalfEncodingsTest {

  private final F16Encoding f16 = new F16Encoding();
  private final Bf16Encoding bf16 = new Bf16Encoding();

  @Test void decode_everyBinary16_isItsValue() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float decoded = Blocks.decode(f16, new byte[]{(byte) bits, (byte) (bits >> 8)})[0];
      assertThat(Float.floatToIntBits(decoded)).as("%04x", bits).isEqualTo(Float.floatToIntBits(value(bits)));
    }
  }

  /** The definition in IEEE 754. */
  private static float value(int bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double magnitude = switch (exponent) {
      case 0 -> Math.scalb((double) fraction, -24);
      case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      default -> Math.scalb(1024.0 + fraction, exponent - 25);
    };
    return (float) (bits < 1 << 15 ? magnitude : -magnitude);
  }

  @Test void encode_binary16_roundsToEvenAndOverflowsToInfinity() {
    assertThat(Blocks.encode(f16, 1, -2, 65504, 65520, 1 + 0x1p-11f, 1 + 0x3p-11f, 0x1p-24f, 0x1p-25f, -0f))
        .containsExactly(0, 0x3C, 0, 0xC0, 0xFF, 0x7B, 0, 0x7C, 0, 0x3C, 2, 0x3C, 1, 0, 0, 0, 0, 0x80);
  }

  @Test void decode_bfloat16_isTheUpperHalfOfABinary32() {
    byte[] bytes = {(byte) 0x80, 0x3F, 0x49, (byte) 0xC0, (byte) 0x80, 0x7F, 1, 0};
    assertThat(Blocks.decode(bf16, bytes))
        .containsExactly(1, Float.intBitsToFloat(0xC049_0000), Float.POSITIVE_INFINITY, Float.intBitsToFloat(0x1_0000));
  }

  @Test void encode_bfloat16_roundsToEven() {
    assertThat(Blocks.encode(bf16, 1, 1 + 0x1p-8f, 1 + 0x3p-8f, 1 + 0x1p-8f + 0x1p-20f, -0f, Float.MAX_VALUE))
        .containsExactly(0x80, 0x3F, 0x80, 0x3F, 0x82, 0x3F, 0x81, 0x3F, 0, 0x80, 0x80, 0x7F);
  }

  @Test void encode_nan_staysNan() {
    for (int bits : new int[]{0x7FC0_0000, 0x7F80_0001, 0xFFFF_FFFF, 0xFF80_0001}) {
      float nan = Float.intBitsToFloat(bits);
      assertThat(Blocks.decode(bf16, Blocks.encode(bf16, nan))[0]).as("%08x", bits).isNaN();
      assertThat(Blocks.decode(f16, Blocks.encode(f16, nan))[0]).as("%08x", bits).isNaN();
    }
  }
}
