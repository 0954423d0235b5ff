package dev.cria.vector;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Groups of floats: scale, minimum if there is one, then the levels. For tests of levels of any range and groups of any size.
 */
record FakeLevels(int groupSize, boolean hasMinimum, int lowestLevel, int highestLevel) implements ScaledEncoding {

  private static final ValueLayout.OfFloat FLOAT = PlainFloats.FLOAT;

  @Override public String name() {
    return "fake";
  }

  @Override public int blockSize() {
    return groupSize;
  }

  @Override public int blockBytes() {
    return (groupSize + (hasMinimum ? 2 : 1)) * Float.BYTES;
  }

  @Override public void decodeGroups(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    int groups = count / groupSize;
    long at = inOffset;
    for (int g = 0; g < groups; g++) {
      out[outOffset + count + g] = in.get(FLOAT, at);
      at += Float.BYTES;
      if (hasMinimum) {
        out[outOffset + count + groups + g] = in.get(FLOAT, at);
        at += Float.BYTES;
      }
      MemorySegment.copy(in, FLOAT, at, out, outOffset + g * groupSize, groupSize);
      at += (long) groupSize * Float.BYTES;
    }
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    throw new UnsupportedOperationException("not looked up in tests");
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    throw new UnsupportedOperationException("made by hand in tests");
  }
}
