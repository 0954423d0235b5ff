package dev.cria.encodings;

import java.lang.foreign.MemorySegment;

/**
 * llama2.c's int8 groups of any size: a binary32 scale and as many signed bytes; {@code scale * q}.
 *
 * <p>Files of version 2 hold the bytes of a whole tensor and then its scales; whoever reads one puts them together as blocks
 * like these. There is one encoding for each group size, so none is found by {@link java.util.ServiceLoader}.
 *
 * <p>Encoded as llama2.c's {@code export.py}: {@code scale = max |x| / 127}, levels rounded half to even. A group of zeros has
 * scale 0 and levels 0 (where {@code export.py} writes NaN).
 *
 * @since 0.1
 */
public final class Int8Groups extends ScaledBlocks {

  private static final int QS = Float.BYTES;

  /**
   * The encoding of that group size.
   *
   * @param groupSize in {@code [1, MAX_BLOCK_SIZE]}
   */
  public Int8Groups(int groupSize) {
    super("int8-" + groupSize, groupSize, groupSize, QS + groupSize, -128, 127);
    if (groupSize < 1 || groupSize > MAX_BLOCK_SIZE) {
      throw new IllegalArgumentException(
          "groups of int8 must have 1 to " + MAX_BLOCK_SIZE + " elements, got " + groupSize);
    }
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int i = 0; i < groupSize(); i++) {
      out[at + i] = Bytes.signed(in, block + QS + i);
    }
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.single(in, block);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float scale = Math.abs(Extremes.signed(in, at, groupSize())) / 127;
    Bytes.setSingle(out, block, scale);
    for (int i = 0; i < groupSize(); i++) {
      int level = scale == 0 ? 0 : Extremes.round(in[at + i] / scale, -127, 127);
      Bytes.set(out, block + QS + i, level);
    }
  }
}
