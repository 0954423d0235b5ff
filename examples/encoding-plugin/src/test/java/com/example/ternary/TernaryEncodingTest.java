package com.example.ternary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.Providers;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class TernaryEncodingTest {

  private final TernaryEncoding encoding = new TernaryEncoding();

  @Test void encoding_isFoundByItsName() {
    Providers<Encoding> encodings = Providers.load("encoding", Encoding.class, TernaryEncoding.class.getClassLoader());

    assertThat(encodings.broken()).isEmpty();
    assertThat(encodings.named("ternary-64")).isInstanceOf(TernaryEncoding.class);
  }

  @Test void decode_knownBlock() {
    byte[] block = new byte[20];
    block[2] = (byte) 0x80; // 1 in binary32
    block[3] = 0x3F;
    block[4] = (byte) 0b10_01_00_10;
    float[] out = new float[64];
    encoding.decode(MemorySegment.ofArray(block), 0, out, 0, 64);

    assertThat(out).startsWith(1, -1, 0, 1, -1, -1);
  }

  @Test void roundTrip_levelsTimesAScale_areExact() {
    float[] values = new float[128];
    for (int k = 0; k < values.length; k++) {
      values[k] = (k % 2 == 0 ? 0.75f : -0.75f) * (k < 64 ? 1 : 2);
    }
    byte[] bytes = new byte[(int) encoding.rowBytes(values.length)];
    encoding.encode(values, 0, MemorySegment.ofArray(bytes), 0, values.length);
    float[] back = new float[values.length];
    encoding.decode(MemorySegment.ofArray(bytes), 0, back, 0, back.length);

    assertThat(back).containsExactly(values);
  }
}
