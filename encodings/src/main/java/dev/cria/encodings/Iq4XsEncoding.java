package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's IQ4_XS: blocks of 256 in eight groups of 32 nibbles that choose one of sixteen levels, with six-bit scales relative to a
 * binary16 of the block; {@code d * (scale - 32) * level}.
 *
 * <p>Encoded by a search for the best scale of each group ({@link Codebook}); the one of the largest magnitude gets the lowest
 * six-bit scale, the others are rounded, and the levels are chosen again.
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Iq4XsEncoding extends ProductBlocks {

  private static final int SIZE = 256;
  private static final int GROUPS = SIZE / Nibbles.SIZE;
  private static final int SCALES_HIGH = 2;
  private static final int SCALES_LOW = 4;
  private static final int QS = 8;

  /** Creates one; all are alike. */
  public Iq4XsEncoding() {
    super("iq4_xs", SIZE, Nibbles.SIZE, QS + SIZE / 2, Codebook.LOWEST, Codebook.HIGHEST);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int g = 0; g < GROUPS; g++) {
      Codebook.decode(in, block + QS + (long) Nibbles.BYTES * g, out, at + Nibbles.SIZE * g);
    }
  }

  @Override float factor(MemorySegment in, long block) {
    return Bytes.half(in, block);
  }

  @Override int multiplier(MemorySegment in, long block, int group) {
    int low = Bytes.unsigned(in, block + SCALES_LOW + group / 2) >> (group % 2 * 4) & 15;
    int high = Bytes.two(in, block + SCALES_HIGH) >> (2 * group) & 3;
    return (low | high << 4) - 32;
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float[] best = new float[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      best[g] = Codebook.scale(in, at + Nibbles.SIZE * g);
    }
    float largest = Extremes.signed(best, 0, GROUPS);
    float d = Float.float16ToFloat(Float.floatToFloat16(largest / -32));
    Bytes.setHalf(out, block, d);
    float inverse = -32 * Extremes.inverse(largest);
    int high = 0;
    for (int g = 0; g < GROUPS; g++) {
      int scale = Extremes.round(inverse * best[g], -32, 31);
      high |= ((scale + 32) >> 4) << (2 * g);
      long low = block + SCALES_LOW + g / 2;
      int other = g % 2 == 0 ? 0 : Bytes.unsigned(out, low);
      Bytes.set(out, low, other | ((scale + 32) & 15) << (g % 2 * 4));
      Codebook.encode(in, at + Nibbles.SIZE * g, Extremes.inverse(d * scale), out,
          block + QS + (long) Nibbles.BYTES * g);
    }
    Bytes.setTwo(out, block + SCALES_HIGH, high);
  }
}
