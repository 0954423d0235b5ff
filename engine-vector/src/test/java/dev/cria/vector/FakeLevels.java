package dev.cria.vector;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Blocks of floats: what scales and minimums are products of, if they are; then for each group its scale, its minimum if there is
 * one, and its levels. For tests of levels of any range, groups and blocks of any size, and scales of both kinds.
 */
record FakeLevels(int groupSize, int groups, boolean scalesAreProducts, boolean hasMinimum, int lowestLevel,
    int highestLevel)
    implements
      ScaledEncoding {

  private static final ValueLayout.OfFloat FLOAT = PlainFloats.FLOAT;

  @Override public String name() {
    return "fake";
  }

  @Override public int blockSize() {
    return groups * groupSize;
  }

  @Override public int blockBytes() {
    return (headFloats() + groups * groupFloats()) * Float.BYTES;
  }

  /** Floats before the first group of a block. */
  int headFloats() {
    return scalesAreProducts ? factors() : 0;
  }

  /** Scales and minimums of a group. */
  int factors() {
    return hasMinimum ? 2 : 1;
  }

  /** Floats of a group. */
  int groupFloats() {
    return factors() + groupSize;
  }

  private float number(MemorySegment in, long offset, int block, int at) {
    return in.get(FLOAT, offset + (long) block * blockBytes() + (long) at * Float.BYTES);
  }

  private float ofGroup(MemorySegment in, long offset, int group, int which) {
    return number(in, offset, group / groups, headFloats() + group % groups * groupFloats() + which);
  }

  private float scale(MemorySegment in, long offset, int group, int which) {
    float stored = ofGroup(in, offset, group, which);
    return scalesAreProducts ? number(in, offset, group / groups, which) * stored : stored;
  }

  @Override public void decodeGroups(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    int all = count / groupSize;
    for (int g = 0; g < all; g++) {
      for (int which = 0; which < factors(); which++) {
        out[outOffset + count + which * all + g] = scale(in, inOffset, g, which);
      }
      for (int k = 0; k < groupSize; k++) {
        out[outOffset + g * groupSize + k] = ofGroup(in, inOffset, g, factors() + k);
      }
    }
  }

  @Override public void decodeFactors(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    int all = count / groupSize;
    int blocks = count / blockSize();
    for (int which = 0; which < factors(); which++) {
      for (int g = 0; g < all; g++) {
        out[outOffset + which * all + g] = ofGroup(in, inOffset, g, which);
      }
      for (int b = 0; b < blocks; b++) {
        out[outOffset + factors() * all + which * blocks + b] = number(in, inOffset, b, which);
      }
    }
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    throw new UnsupportedOperationException("not looked up in tests");
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    throw new UnsupportedOperationException("made by hand in tests");
  }
}
