package dev.cria.encodings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class F32EncodingTest {

  private final F32Encoding encoding = new F32Encoding();

  @Test void provider_onTheClassPath_isFoundByName() {
    var encodings = Providers.load("encoding", Encoding.class, getClass().getClassLoader());

    assertThat(encodings.broken()).isEmpty();
    assertThat(encodings.named(Encoding.F32)).isInstanceOf(F32Encoding.class);
  }

  @Test void rowBytes_anyLength_isFourPerElement() {
    assertThat(encoding.rowBytes(1)).isEqualTo(4);
    assertThat(encoding.rowBytes(4099)).isEqualTo(4 * 4099L);
    assertThat(encoding.rowBytes(Integer.MAX_VALUE)).as("beyond 2 GB").isEqualTo(4L * Integer.MAX_VALUE);
  }

  @Test void encode_knownNumbers_areLittleEndianAndNothingElseIsTouched() {
    byte[] bytes = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9};

    encoding.encode(new float[]{7, 1, -2.5f, 7}, 1, MemorySegment.ofArray(bytes), 1, 2);

    assertThat(bytes).containsExactly(9, 0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 9);
  }

  @Test void decode_knownBytes_atOddOffsets() {
    byte[] bytes = {9, 0, 0, (byte) 0x80, 0x3f, 0, 0, 0x20, (byte) 0xc0, 9};
    float[] out = {7, 7, 7, 7};

    encoding.decode(MemorySegment.ofArray(bytes), 1, out, 1, 2);

    assertThat(out).containsExactly(7, 1, -2.5f, 7);
  }

  @Test void roundTrip_extremes_keepsEveryBit() {
    int[] bits = {0, 0x80000000, 1, 0x807fffff, 0x00800000, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00001, 0xffc12345};
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] back = new float[bits.length];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(encoding.rowBytes(bits.length));
      encoding.encode(values, 0, memory, 0, values.length);
      encoding.decode(memory, 0, back, 0, back.length);
    }

    for (int i = 0; i < bits.length; i++) {
      assertThat(Float.floatToRawIntBits(back[i])).as("bits of element %d", i).isEqualTo(bits[i]);
    }
  }

  @Test void decode_pastTheEnd_isRefused() {
    MemorySegment memory = MemorySegment.ofArray(new byte[8]);

    assertThatThrownBy(() -> encoding.decode(memory, 4, new float[2], 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
