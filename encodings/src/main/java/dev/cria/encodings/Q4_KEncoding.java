package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q4_K: blocks of 256 in eight groups of 32, with six-bit scales and minimums relative to two binary16 of the block;
 * {@code d * scale * q - dmin * minimum}.
 *
 * <p>Nibbles lie in chunks of 64: the low ones of 32 bytes are one group, the high ones the next. Encoded by a search for the
 * best scale and minimum of each group ({@link AffineSearch}).
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q4_KEncoding extends ProductBlocks {

  private static final int GROUP = 32;
  private static final int D_MIN = 2;
  private static final int SCALES = 4;
  private static final int QS = SCALES + SixBitPairs.BYTES;

  /** Creates one; all are alike. */
  public Q4_KEncoding() {
    super("q4_k", AffineSearch.SIZE, GROUP, QS + AffineSearch.SIZE / 2, 0, 15);
  }

  @Override public boolean hasMinimum() {
    return true;
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int chunk = 0; chunk < 4; chunk++) {
      long pairs = block + QS + (long) GROUP * chunk;
      for (int i = 0; i < GROUP; i++) {
        int pair = Bytes.unsigned(in, pairs + i);
        out[at + 2 * GROUP * chunk + i] = pair & 15;
        out[at + 2 * GROUP * chunk + GROUP + i] = pair >> 4;
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
    AffineSearch found = AffineSearch.ofGroups(in, at, 15, -1, 20);
    Bytes.setHalf(out, block, found.d);
    Bytes.setHalf(out, block + D_MIN, found.dMin);
    SixBitPairs.set(out, block + SCALES, found.scales, found.minimums);
    for (int chunk = 0; chunk < 4; chunk++) {
      for (int i = 0; i < GROUP; i++) {
        int first = 2 * GROUP * chunk + i;
        Bytes.set(out, block + QS + (long) GROUP * chunk + i, found.levels[first] | found.levels[first + GROUP] << 4);
      }
    }
  }
}
