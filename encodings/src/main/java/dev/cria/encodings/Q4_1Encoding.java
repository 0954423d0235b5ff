package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q4_1: blocks of 32, a binary16 scale, a binary16 offset and 32 nibbles; {@code d * q + m}, so the minimum is −m.
 *
 * <p>Encoded with {@code d = (max - min) / 15} and {@code m = min}, as ggml does.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q4_1Encoding extends ScaledBlocks {

  private static final int M = 2;
  private static final int QS = 4;

  /** Creates one; all are alike. */
  public Q4_1Encoding() {
    super("q4_1", Nibbles.SIZE, Nibbles.SIZE, QS + Nibbles.BYTES, 0, 15);
  }

  @Override public boolean hasMinimum() {
    return true;
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    Nibbles.decode(in, block + QS, out, at, 0);
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.half(in, block);
  }

  @Override float minimum(MemorySegment in, long block, int group) {
    return -Bytes.half(in, block + M);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float min = Extremes.min(in, at, Nibbles.SIZE);
    float d = (Extremes.max(in, at, Nibbles.SIZE) - min) / 15;
    Bytes.setHalf(out, block, d);
    Bytes.setHalf(out, block + M, min);
    Nibbles.encode(in, at, min, Extremes.inverse(d), 0.5f, 15, out, block + QS);
  }
}
