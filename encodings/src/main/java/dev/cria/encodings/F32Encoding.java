package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * IEEE 754 binary32, little-endian: every element is a block of its own, and no bit is lost either way.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class F32Encoding implements Encoding {

  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED
      .withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Creates one; all are alike. */
  public F32Encoding() {}

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
    MemorySegment.copy(in, ELEMENT, inOffset, out, outOffset, count);
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    MemorySegment.copy(in, inOffset, out, ELEMENT, outOffset, count);
  }
}
