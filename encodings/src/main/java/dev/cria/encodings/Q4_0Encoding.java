package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q4_0: blocks of 32, a binary16 scale and 32 nibbles; {@code d * (q - 8)}.
 *
 * <p>Encoded with {@code d = m / -8}, m the signed value of the largest magnitude, as ggml does.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q4_0Encoding extends ScaledBlocks {

  private static final int QS = 2;

  /** Creates one; all are alike. */
  public Q4_0Encoding() {
    super("q4_0", Nibbles.SIZE, Nibbles.SIZE, QS + Nibbles.BYTES, -8, 7);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    Nibbles.decode(in, block + QS, out, at, -8);
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.half(in, block);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float d = Extremes.signed(in, at, Nibbles.SIZE) / -8;
    Bytes.setHalf(out, block, d);
    Nibbles.encode(in, at, 0, Extremes.inverse(d), 8.5f, 15, out, block + QS);
  }
}
