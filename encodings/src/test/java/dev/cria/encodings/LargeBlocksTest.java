package dev.cria.encodings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Blocks of 256, each element computed from its bits as the format describes them. */
final class LargeBlocksTest {

  private static final int[] TABLE = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

  /** Six-bit scale j of Q4_K and Q5_K, whose twelve bytes start at byte 4. */
  private static int scale(byte[] block, int j) {
    return j < 4
        ? Blocks.bits(block, 4 + j, 0, 6)
        : Blocks.bits(block, 4 + j + 4, 0, 4) + 16 * Blocks.bits(block, 4 + j - 4, 6, 2);
  }

  private static int minimum(byte[] block, int j) {
    return j < 4
        ? Blocks.bits(block, 4 + j + 4, 0, 6)
        : Blocks.bits(block, 4 + j + 4, 4, 4) + 16 * Blocks.bits(block, 4 + j, 6, 2);
  }

  @Test void q4_k_knownBytes_decode() {
    byte[] block = new byte[144];
    Blocks.half(block, 0, 0.5f);
    Blocks.half(block, 2, 2);
    block[4] = (byte) 0xC3; // scale 0 is 3; scale 4 has upper bits 3
    block[8] = 0x41; // minimum 0 is 1; minimum 4 has upper bits 1
    block[12] = 0x25; // scale 4 is 5 + 48, minimum 4 is 2 + 16
    block[16] = 0x7A; // element 0 is 10, element 32 is 7
    block[80] = 0x1F; // element 128 is 15
    float[] decoded = Blocks.decode(new Q4_KEncoding(), block);
    assertThat(decoded[0]).isEqualTo(0.5f * 3 * 10 - 2);
    assertThat(decoded[1]).isEqualTo(-2);
    assertThat(decoded[32]).as("a group without scale and minimum").isZero();
    assertThat(decoded[128]).isEqualTo(0.5f * 53 * 15 - 2 * 18);
    assertThat(decoded[129]).isEqualTo(-2 * 18);
  }

  @Test void q4_k_anyBytes_decodeAsDescribed() {
    byte[] block = Blocks.random(4, 144, 0, 2);
    float[] decoded = Blocks.decode(new Q4_KEncoding(), block);
    for (int k = 0; k < 256; k++) {
      int q = Blocks.bits(block, 16 + k / 64 * 32 + k % 32, k % 64 / 32 * 4, 4);
      float scale = Blocks.half(block, 0) * scale(block, k / 32);
      float minimum = Blocks.half(block, 2) * minimum(block, k / 32);
      assertThat(decoded[k]).as("element %d", k).isEqualTo(Math.fma(scale, q, -minimum));
    }
  }

  @Test void q5_k_anyBytes_decodeAsDescribed() {
    byte[] block = Blocks.random(5, 176, 0, 2);
    float[] decoded = Blocks.decode(new Q5_KEncoding(), block);
    for (int k = 0; k < 256; k++) {
      int q = Blocks.bits(block, 48 + k / 64 * 32 + k % 32, k % 64 / 32 * 4, 4)
          + 16 * Blocks.bits(block, 16 + k % 32, k / 32, 1);
      float scale = Blocks.half(block, 0) * scale(block, k / 32);
      float minimum = Blocks.half(block, 2) * minimum(block, k / 32);
      assertThat(decoded[k]).as("element %d", k).isEqualTo(Math.fma(scale, q, -minimum));
    }
  }

  @Test void q2_k_anyBytes_decodeAsDescribed() {
    byte[] block = Blocks.random(2, 84, 80, 82);
    float[] decoded = Blocks.decode(new Q2_KEncoding(), block);
    for (int k = 0; k < 256; k++) {
      int q = Blocks.bits(block, 16 + k / 128 * 32 + k % 32, k % 128 / 32 * 2, 2);
      float scale = Blocks.half(block, 80) * Blocks.bits(block, k / 16, 0, 4);
      float minimum = Blocks.half(block, 82) * Blocks.bits(block, k / 16, 4, 4);
      assertThat(decoded[k]).as("element %d", k).isEqualTo(Math.fma(scale, q, -minimum));
    }
  }

  @Test void q3_k_anyBytes_decodeAsDescribed() {
    byte[] block = Blocks.random(3, 110, 108);
    float[] decoded = Blocks.decode(new Q3_KEncoding(), block);
    for (int k = 0; k < 256; k++) {
      int q = Blocks.bits(block, 32 + k / 128 * 32 + k % 32, k % 128 / 32 * 2, 2)
          - (Blocks.bits(block, k % 32, k / 32, 1) == 1 ? 0 : 4);
      int g = k / 16;
      int scale = Blocks.bits(block, 96 + g % 8, g / 8 * 4, 4) + 16 * Blocks.bits(block, 104 + g % 4, g / 4 * 2, 2)
          - 32;
      assertThat(decoded[k]).as("element %d", k).isEqualTo(Blocks.half(block, 108) * scale * q);
    }
  }

  @Test void q6_k_anyBytes_decodeAsDescribed() {
    byte[] block = Blocks.random(6, 210, 208);
    float[] decoded = Blocks.decode(new Q6_KEncoding(), block);
    for (int k = 0; k < 256; k++) {
      int half = k / 128;
      int quarter = k % 128 / 32;
      int q = Blocks.bits(block, 64 * half + quarter % 2 * 32 + k % 32, quarter / 2 * 4, 4)
          + 16 * Blocks.bits(block, 128 + 32 * half + k % 32, quarter * 2, 2) - 32;
      assertThat(decoded[k]).as("element %d", k).isEqualTo(Blocks.half(block, 208) * block[192 + k / 16] * q);
    }
  }

  @Test void iq4Xs_anyBytes_decodeAsDescribed() {
    byte[] block = Blocks.random(7, 136, 0);
    float[] decoded = Blocks.decode(new Iq4XsEncoding(), block);
    for (int k = 0; k < 256; k++) {
      int g = k / 32;
      int scale = Blocks.bits(block, 4 + g / 2, g % 2 * 4, 4) + 16 * Blocks.bits(block, 2, 2 * g, 2) - 32;
      int level = TABLE[Blocks.bits(block, 8 + 16 * g + k % 16, k % 32 / 16 * 4, 4)];
      assertThat(decoded[k]).as("element %d", k).isEqualTo(Blocks.half(block, 0) * scale * level);
    }
  }
}
