package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q8_0: blocks of 32, a binary16 scale and 32 signed bytes; {@code d * q}.
 *
 * <p>Encoded with {@code d = max |x| / 127} and levels rounded half away from zero, as ggml does.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q8_0Encoding extends ScaledBlocks {

  private static final int SIZE = 32;
  private static final int QS = 2;

  /** Creates one; all are alike. */
  public Q8_0Encoding() {
    super("q8_0", SIZE, SIZE, QS + SIZE, -128, 127);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int i = 0; i < SIZE; i++) {
      out[at + i] = Bytes.signed(in, block + QS + i);
    }
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.half(in, block);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float d = Math.abs(Extremes.signed(in, at, SIZE)) / 127;
    float inverse = Extremes.inverse(d);
    Bytes.setHalf(out, block, d);
    for (int i = 0; i < SIZE; i++) {
      Bytes.set(out, block + QS + i, Extremes.roundAway(in[at + i] * inverse));
    }
  }
}
