package dev.cria.encodings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.kernel.Encoding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Blocks of 32 and int8 groups, computed by hand. */
final class SmallBlocksTest {

  /** 1.5 in binary16, then the given bytes. */
  private static byte[] block(int size, int... bytes) {
    byte[] block = new byte[size];
    Blocks.half(block, 0, 1.5f);
    for (int i = 0; i < bytes.length; i++) {
      block[2 + i] = (byte) bytes[i];
    }
    return block;
  }

  private static float[] elements(int count, float other, Object... indexAndValue) {
    float[] elements = new float[count];
    Arrays.fill(elements, other);
    for (int i = 0; i < indexAndValue.length; i += 2) {
      elements[(Integer) indexAndValue[i]] = ((Number) indexAndValue[i + 1]).floatValue();
    }
    return elements;
  }

  @Test void q8_0_knownBlock_decodes() {
    byte[] block = block(34, 1, -1, 127, -128);
    block[33] = 7;
    assertThat(Blocks.decode(new Q8_0Encoding(), block))
        .containsExactly(elements(32, 0, 0, 1.5, 1, -1.5, 2, 190.5, 3, -192, 31, 10.5));
  }

  @Test void q8_0_knownNumbers_encode() {
    float[] values = elements(32, 0, 0, 127, 1, -63.5, 2, 0.5, 3, -2.4, 31, -127);
    byte[] block = new byte[34];
    Blocks.half(block, 0, 1);
    block[2] = 127;
    block[3] = -64; // half away from zero
    block[4] = 1;
    block[5] = -2;
    block[33] = -127;
    assertThat(Blocks.encode(new Q8_0Encoding(), values)).containsExactly(block);
  }

  @Test void q4_0_knownBlock_decodes() {
    byte[] block = block(18, 0xF0, 0x08, 0x91);
    float[] expected = elements(32, -12, 0, -12, 16, 10.5, 1, 0, 17, -12, 2, -10.5, 18, 1.5);
    assertThat(Blocks.decode(new Q4_0Encoding(), block)).containsExactly(expected);
  }

  @Test void q4_0_knownNumbers_encodeWithTheSignOfTheLargest() {
    float[] values = elements(32, 0, 0, 8, 1, -7, 2, 0.5, 16, 1, 31, -8);
    byte[] block = new byte[18];
    Blocks.half(block, 0, -1);
    Arrays.fill(block, 2, 18, (byte) 0x88);
    block[2] = 0x70; // element 0: 8 / -1 + 8 = 0; element 16: 7
    block[3] = (byte) 0x8F; // element 1: 7 + 8 = 15
    block[4] = (byte) 0x88; // element 2: (int) (-0.5 + 8.5) = 8
    block[17] = (byte) 0xF8; // element 31: 16, but 15 is the most
    assertThat(Blocks.encode(new Q4_0Encoding(), values)).containsExactly(block);
  }

  @Test void q4_1_knownBlock_decodesWithItsOffset() {
    byte[] block = block(20, 0, 0, 0xF0, 0x21);
    Blocks.half(block, 2, -2);
    float[] expected = elements(32, -2, 16, 20.5, 1, -0.5, 17, 1);
    assertThat(Blocks.decode(new Q4_1Encoding(), block)).containsExactly(expected);
  }

  @Test void q4_1_knownNumbers_encodeBetweenTheirExtremes() {
    float[] values = elements(32, -3, 0, 12, 1, -1.6, 17, -1.4);
    byte[] block = new byte[20];
    Blocks.half(block, 0, 1);
    Blocks.half(block, 2, -3);
    block[4] = 15;
    block[5] = 0x21;
    assertThat(Blocks.encode(new Q4_1Encoding(), values)).containsExactly(block);
  }

  @Test void q5_0_knownBlock_decodesTheFifthBits() {
    byte[] block = block(22, 0x01, 0, 0, 0x80, 0xF3);
    block[21] = 0x40; // element 15: 0; element 31: 4 + 16
    float[] expected = elements(32, -24, 0, 4.5, 16, -1.5, 31, 6);
    assertThat(Blocks.decode(new Q5_0Encoding(), block)).containsExactly(expected);
  }

  @Test void q5_0_knownNumbers_encode() {
    float[] values = elements(32, 0, 0, 16, 1, -15, 31, -16);
    byte[] block = new byte[22];
    Blocks.half(block, 0, -1);
    block[2] = (byte) 0xFE; // 16 has a fifth bit, all but element 0 have it
    block[3] = block[4] = block[5] = (byte) 0xFF;
    block[7] = 0x0F;
    block[21] = (byte) 0xF0;
    assertThat(Blocks.encode(new Q5_0Encoding(), values)).containsExactly(block);
  }

  @Test void q5_1_knownBlock_decodesOffsetAndFifthBits() {
    byte[] block = block(24, 0, 0, 0x02, 0, 0, 0x80);
    Blocks.half(block, 2, 0.5f);
    block[8 + 1] = 0x10;
    block[8 + 15] = (byte) 0xF0;
    float[] expected = elements(32, 0.5f, 1, 24.5, 17, 2, 31, 47);
    assertThat(Blocks.decode(new Q5_1Encoding(), block)).containsExactly(expected);
  }

  @Test void q5_1_knownNumbers_encode() {
    float[] values = elements(32, 0, 0, -1, 1, 30, 31, 15.4);
    byte[] block = new byte[24];
    Blocks.half(block, 0, 1);
    Blocks.half(block, 2, -1);
    block[4] = 0x02;
    block[7] = (byte) 0x80;
    Arrays.fill(block, 8, 24, (byte) 0x11);
    block[8] = 0x10;
    block[9] = 0x1F;
    block[23] = 0x01; // (int) (16.4 + 0.5) = 16
    assertThat(Blocks.encode(new Q5_1Encoding(), values)).containsExactly(block);
  }

  @Test void iq4Nl_knownBlock_takesLevelsFromTheTable() {
    byte[] block = block(18, 0xF0, 0x98, 0x77);
    float[] expected = elements(32, 1.5f * -127, 16, 169.5, 1, 1.5, 17, 19.5, 2, -15, 18, -15);
    assertThat(Blocks.decode(new Iq4NlEncoding(), block)).containsExactly(expected);
  }

  @Test void iq4Nl_levelsTimesAScale_encodeExactly() {
    byte[] block = Blocks.random(5, 18);
    Blocks.half(block, 0, 0.25f);
    block[2] = 0x50; // the lowest level is there
    assertThat(Blocks.encode(new Iq4NlEncoding(), Blocks.decode(new Iq4NlEncoding(), block))).containsExactly(block);
  }

  @Test void int8Groups_knownBlock_decodes() {
    byte[] block = {0, 0, 0, 0x3F, 1, -1, 127, -128};
    assertThat(Blocks.decode(new Int8Groups(4), block)).containsExactly(0.5f, -0.5f, 63.5f, -64);
  }

  @Test void int8Groups_knownNumbers_roundHalfToEven() {
    assertThat(Blocks.encode(new Int8Groups(4), 127, -2.5f, 3.5f, -0.5f))
        .containsExactly(0, 0, 0x80, 0x3F, 127, -2, 4, 0);
  }

  @Test void int8Groups_ofZeros_areZerosNotNan() {
    assertThat(Blocks.encode(new Int8Groups(2), 0, -0f)).containsExactly(0, 0, 0, 0, 0, 0);
  }

  @Test void int8Groups_sizeOutOfRange_isRefused() {
    for (int size : new int[]{0, -1, Encoding.MAX_BLOCK_SIZE + 1}) {
      assertThatThrownBy(() -> new Int8Groups(size)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("groups of int8 must have 1 to 512 elements, got " + size);
    }
  }
}
