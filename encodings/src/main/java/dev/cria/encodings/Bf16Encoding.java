package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * The upper half of IEEE 754 binary32 (bfloat16), little-endian, rounded to even.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Bf16Encoding implements Encoding {

  private static final int QUIET = 0x40;

  /** Creates one; all are alike. */
  public Bf16Encoding() {}

  @Override public String name() {
    return "bf16";
  }

  @Override public int blockSize() {
    return 1;
  }

  @Override public int blockBytes() {
    return Short.BYTES;
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = Float.intBitsToFloat(Bytes.two(in, inOffset + (long) i * Short.BYTES) << 16);
    }
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    for (int i = 0; i < count; i++) {
      Bytes.setTwo(out, outOffset + (long) i * Short.BYTES, upperHalf(in[inOffset + i]));
    }
  }

  private static int upperHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return bits >>> 16 | QUIET;
    }
    return (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
  }
}
