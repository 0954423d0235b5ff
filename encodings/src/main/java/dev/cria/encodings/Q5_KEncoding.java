package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q5_K: as Q4_K with a fifth bit for each level; {@code d * scale * q - dmin * minimum}.
 *
 * <p>Nibbles lie in chunks of 64: the low ones of 32 bytes are one group, the high ones the next. The fifth bit of element i of
 * group g is bit g of byte i of {@code qh}. Encoded by a search for the best scale and minimum of each group
 * ({@link AffineSearch}).
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q5_KEncoding extends ProductBlocks {

  private static final int GROUP = 32;
  private static final int D_MIN = 2;
  private static final int SCALES = 4;
  private static final int QH = SCALES + SixBitPairs.BYTES;
  private static final int QS = QH + GROUP;

  /** Creates one; all are alike. */
  public Q5_KEncoding() {
    super("q5_k", AffineSearch.SIZE, GROUP, QS + AffineSearch.SIZE / 2, 0, 31);
  }

  @Override public boolean hasMinimum() {
    return true;
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int chunk = 0; chunk < 4; chunk++) {
      long pairs = block + QS + (long) GROUP * chunk;
      for (int i = 0; i < GROUP; i++) {
        int pair = Bytes.unsigned(in, pairs + i);
        int fifth = Bytes.unsigned(in, block + QH + i) >> (2 * chunk);
        out[at + 2 * GROUP * chunk + i] = (pair & 15) | (fifth & 1) << 4;
        out[at + 2 * GROUP * chunk + GROUP + i] = pair >> 4 | (fifth & 2) << 3;
      }
    }
  }

  @Override float factor(MemorySegment in, long block) {
    return Bytes.half(in, block);
  }

  @Override int multiplier(MemorySegment in, long block, int group) {
    return SixBitPairs.scale(in, block + SCALES, group);
  }

  @Override float minimumFactor(MemorySegment in, long block) {
    return Bytes.half(in, block + D_MIN);
  }

  @Override int minimumMultiplier(MemorySegment in, long block, int group) {
    return SixBitPairs.minimum(in, block + SCALES, group);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    AffineSearch found = AffineSearch.ofGroups(in, at, 31, -0.5f, 15);
    Bytes.setHalf(out, block, found.d);
    Bytes.setHalf(out, block + D_MIN, found.dMin);
    SixBitPairs.set(out, block + SCALES, found.scales, found.minimums);
    for (int i = 0; i < GROUP; i++) {
      int fifth = 0;
      for (int chunk = 0; chunk < 4; chunk++) {
        int low = found.levels[2 * GROUP * chunk + i];
        int high = found.levels[2 * GROUP * chunk + GROUP + i];
        Bytes.set(out, block + QS + (long) GROUP * chunk + i, (low & 15) | (high & 15) << 4);
        fifth |= low >> 4 << (2 * chunk) | high >> 4 << (2 * chunk + 1);
      }
      Bytes.set(out, block + QH + i, fifth);
    }
  }
}
