package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q5_0: blocks of 32, a binary16 scale, 32 fifth bits and 32 nibbles; {@code d * (q - 16)}.
 *
 * <p>Encoded with {@code d = m / -16}, m the signed value of the largest magnitude, as ggml does.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q5_0Encoding extends ScaledBlocks {

  private static final int QH = 2;
  private static final int QS = 6;

  /** Creates one; all are alike. */
  public Q5_0Encoding() {
    super("q5_0", Nibbles.SIZE, Nibbles.SIZE, QS + Nibbles.BYTES, -16, 15);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    Nibbles.decode(in, block + QS, Bytes.four(in, block + QH), out, at, -16);
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.half(in, block);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float d = Extremes.signed(in, at, Nibbles.SIZE) / -16;
    Bytes.setHalf(out, block, d);
    int fifth = Nibbles.encode(in, at, 0, Extremes.inverse(d), 16.5f, 31, out, block + QS);
    Bytes.setFour(out, block + QH, fifth);
  }
}
