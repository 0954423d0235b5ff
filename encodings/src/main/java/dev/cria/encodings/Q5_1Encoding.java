package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q5_1: blocks of 32, a binary16 scale, a binary16 offset, 32 fifth bits and 32 nibbles; {@code d * q + m}, so the minimum
 * is −m.
 *
 * <p>Encoded with {@code d = (max - min) / 31} and {@code m = min}, as ggml does.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q5_1Encoding extends ScaledBlocks {

  private static final int M = 2;
  private static final int QH = 4;
  private static final int QS = 8;

  /** Creates one; all are alike. */
  public Q5_1Encoding() {
    super("q5_1", Nibbles.SIZE, Nibbles.SIZE, QS + Nibbles.BYTES, 0, 31);
  }

  @Override public boolean hasMinimum() {
    return true;
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    Nibbles.decode(in, block + QS, Bytes.four(in, block + QH), out, at, 0);
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.half(in, block);
  }

  @Override float minimum(MemorySegment in, long block, int group) {
    return -Bytes.half(in, block + M);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float min = Extremes.min(in, at, Nibbles.SIZE);
    float d = (Extremes.max(in, at, Nibbles.SIZE) - min) / 31;
    Bytes.setHalf(out, block, d);
    Bytes.setHalf(out, block + M, min);
    int fifth = Nibbles.encode(in, at, min, Extremes.inverse(d), 0.5f, 31, out, block + QS);
    Bytes.setFour(out, block + QH, fifth);
  }
}
