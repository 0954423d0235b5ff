package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q3_K: blocks of 256 in sixteen groups of 16, with six-bit scales relative to a binary16 of the block;
 * {@code d * (scale - 32) * (q - 4)}.
 *
 * <p>The third bit of element k is bit {@code k / 32} of byte {@code k % 32} of {@code hmask}. Encoded by a search for the best
 * scale of each group ({@link SymmetricSearch}).
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q3_KEncoding extends ProductBlocks {

  private static final int GROUP = 16;
  private static final int QS = 32;
  private static final int SCALES = QS + TwoBits.BYTES;
  private static final int D = SCALES + 12;

  /** Creates one; all are alike. */
  public Q3_KEncoding() {
    super("q3_k", SymmetricSearch.SIZE, GROUP, D + 2, -4, 3);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int k = 0; k < SymmetricSearch.SIZE; k++) {
      int third = Bytes.unsigned(in, block + k % 32) >> (k / 32) & 1;
      out[at + k] = (TwoBits.get(in, block + QS, k) | third << 2) - 4;
    }
  }

  @Override float factor(MemorySegment in, long block) {
    return Bytes.half(in, block + D);
  }

  @Override int multiplier(MemorySegment in, long block, int group) {
    int low = Bytes.unsigned(in, block + SCALES + group % 8) >> (group / 8 * 4) & 15;
    int high = Bytes.unsigned(in, block + SCALES + 8 + group % 4) >> (group / 4 * 2) & 3;
    return (low | high << 4) - 32;
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    SymmetricSearch found = new SymmetricSearch(in, at, 4, 32);
    for (int i = 0; i < 32; i++) {
      int thirds = 0;
      for (int j = 0; j < 8; j++) {
        thirds |= ((found.levels[32 * j + i] + 4) >> 2) << j;
      }
      Bytes.set(out, block + i, thirds);
    }
    TwoBits.set(out, block + QS, found.levels, 4);
    for (int i = 0; i < 8; i++) {
      Bytes.set(out, block + SCALES + i, ((found.scales[i] + 32) & 15) | ((found.scales[i + 8] + 32) & 15) << 4);
    }
    for (int i = 0; i < 4; i++) {
      int four = 0;
      for (int j = 0; j < 4; j++) {
        four |= ((found.scales[4 * j + i] + 32) >> 4) << (2 * j);
      }
      Bytes.set(out, block + SCALES + 8 + i, four);
    }
    Bytes.setHalf(out, block + D, found.d);
  }
}
