package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** F32, for tests of memory: the plainest there is. */
final class PlainFloats implements Encoding {

  static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** A row-major matrix of those values, aligned to 4 bytes only, as one mapped from a file. */
  static WeightMatrix rowMajor(int rows, int cols, float[] values) {
    MemorySegment data = Arena.ofAuto().allocate(Float.BYTES + (long) values.length * Float.BYTES, 64)
        .asSlice(Float.BYTES);
    MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
    return WeightMatrix.rowMajor("w", rows, cols, new PlainFloats(), data.asReadOnly());
  }

  @Override public String name() {
    return F32;
  }

  @Override public int blockSize() {
    return 1;
  }

  @Override public int blockBytes() {
    return Float.BYTES;
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    MemorySegment.copy(in, FLOAT, inOffset, out, outOffset, count);
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    MemorySegment.copy(in, inOffset, out, FLOAT, outOffset, count);
  }
}
