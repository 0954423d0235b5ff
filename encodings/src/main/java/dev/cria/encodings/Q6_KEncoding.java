package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q6_K: blocks of 256 in sixteen groups of 16, with signed eight-bit scales relative to a binary16 of the block;
 * {@code d * scale * (q - 32)}.
 *
 * <p>Two halves of 128 elements, each in four quarters of 32: the low four bits of quarters 0 and 2 share 32 bytes, as do those of
 * quarters 1 and 3; the upper two bits of all four share 32 others. Encoded by a search for the best scale of each group
 * ({@link SymmetricSearch}).
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q6_KEncoding extends ProductBlocks {

  private static final int GROUP = 16;
  private static final int QH = 128;
  private static final int SCALES = QH + 64;
  private static final int D = SCALES + 16;

  /** Creates one; all are alike. */
  public Q6_KEncoding() {
    super("q6_k", SymmetricSearch.SIZE, GROUP, D + 2, -32, 31);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int half = 0; half < 2; half++) {
      long low = block + 64L * half;
      long high = block + QH + 32L * half;
      int to = at + 128 * half;
      for (int i = 0; i < 32; i++) {
        int first = Bytes.unsigned(in, low + i);
        int second = Bytes.unsigned(in, low + 32 + i);
        int upper = Bytes.unsigned(in, high + i);
        out[to + i] = ((first & 15) | (upper & 3) << 4) - 32;
        out[to + 32 + i] = ((second & 15) | (upper >> 2 & 3) << 4) - 32;
        out[to + 64 + i] = (first >> 4 | (upper >> 4 & 3) << 4) - 32;
        out[to + 96 + i] = (second >> 4 | upper >> 6 << 4) - 32;
      }
    }
  }

  @Override float factor(MemorySegment in, long block) {
    return Bytes.half(in, block + D);
  }

  @Override int multiplier(MemorySegment in, long block, int group) {
    return Bytes.signed(in, block + SCALES + group);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    SymmetricSearch found = new SymmetricSearch(in, at, 32, 128);
    for (int i = 0; i < 64; i++) {
      int half = i / 32;
      int[] quarters = new int[4];
      for (int j = 0; j < 4; j++) {
        quarters[j] = found.levels[128 * half + 32 * j + i % 32] + 32;
      }
      Bytes.set(out, block + 64L * half + i % 32, (quarters[0] & 15) | (quarters[2] & 15) << 4);
      Bytes.set(out, block + 64L * half + 32 + i % 32, (quarters[1] & 15) | (quarters[3] & 15) << 4);
      Bytes.set(out, block + QH + i,
          quarters[0] >> 4 | quarters[1] >> 4 << 2 | quarters[2] >> 4 << 4 | quarters[3] >> 4 << 6);
    }
    for (int g = 0; g < found.scales.length; g++) {
      Bytes.set(out, block + SCALES + g, found.scales[g]);
    }
    Bytes.setHalf(out, block + D, found.d);
  }
}
