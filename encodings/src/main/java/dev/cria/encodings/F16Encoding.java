package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * IEEE 754 binary16, little-endian, rounded to even: GGUF and safetensors have it.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class F16Encoding implements Encoding {

  /** Creates one; all are alike. */
  public F16Encoding() {}

  @Override public String name() {
    return "f16";
  }

  @Override public int blockSize() {
    return 1;
  }

  @Override public int blockBytes() {
    return Short.BYTES;
  }

  @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = Bytes.half(in, inOffset + (long) i * Short.BYTES);
    }
  }

  @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset, int count) {
    for (int i = 0; i < count; i++) {
      Bytes.setHalf(out, outOffset + (long) i * Short.BYTES, in[inOffset + i]);
    }
  }
}
