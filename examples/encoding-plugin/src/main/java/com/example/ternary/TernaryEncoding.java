package com.example.ternary;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Blocks of 64 weights that are −1, 0 or 1 times a scale: a binary32, then four weights to a byte, each plus 1 in two bits.
 *
 * <p>Encoded with the mean magnitude as the scale, and the nearest level.
 *
 * @see <a href="https://arxiv.org/abs/2402.17764">Ma et al. 2024, The Era of 1-bit LLMs</a>
 */
public final class TernaryEncoding implements ScaledEncoding {

  private static final int SIZE = 64;
  private static final int BYTES = Float.BYTES + SIZE / 4;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Called by {@link java.util.ServiceLoader}. */
  public TernaryEncoding() {}

  @Override public String name() {
    return "ternary-64";
  }

  @Override public int blockSize() {
    return SIZE;
  }

  @Override public int groupSize() {
    return SIZE;
  }

  @Override public int blockBytes() {
    return BYTES;
  }

  @Override public boolean hasMinimum() {
    return false;
  }

  /** With this and the highest level, kernels know that two bits will do. */
  @Override public int lowestLevel() {
    return -1;
  }

  @Override public int highestLevel() {
    return 1;
  }

  @Override public void decodeGroups(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    for (int k = 0; k < count; k++) {
      out[outOffset + k] = level(in, inOffset, k);
    }
    for (int block = 0; block < count / SIZE; block++) {
      out[outOffset + count + block] = in.get(FLOAT, inOffset + (long) block * BYTES);
    }
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    for (int k = 0; k < count; k++) {
      out[outOffset + k] = in.get(FLOAT, inOffset + (long) (k / SIZE) * BYTES) * level(in, inOffset, k);
    }
  }

  private static int level(MemorySegment in, long offset, int k) {
    long at = offset + (long) (k / SIZE) * BYTES + Float.BYTES + k % SIZE / 4;
    return (in.get(ValueLayout.JAVA_BYTE, at) >> (k % 4 * 2) & 3) - 1;
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    for (int block = 0; block < count / SIZE; block++) {
      encodeBlock(in, inOffset + block * SIZE, out, outOffset + (long) block * BYTES);
    }
  }

  private static void encodeBlock(float[] in, int from, MemorySegment out, long to) {
    float sum = 0;
    for (int k = 0; k < SIZE; k++) {
      sum += Math.abs(in[from + k]);
    }
    float scale = sum / SIZE;
    out.set(FLOAT, to, scale);
    for (int k = 0; k < SIZE; k += 4) {
      int four = 0;
      for (int i = 0; i < 4; i++) {
        int level = scale == 0 ? 0 : Math.clamp(Math.round(in[from + k + i] / scale), -1, 1);
        four |= level + 1 << 2 * i;
      }
      out.set(ValueLayout.JAVA_BYTE, to + Float.BYTES + k / 4, (byte) four);
    }
  }
}
