package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's Q2_K: blocks of 256 in sixteen groups of 16, with four-bit scales and minimums relative to two binary16 of the block;
 * {@code d * scale * q - dmin * minimum}.
 *
 * <p>Encoded by a search for the best scale and minimum of each group ({@link AffineSearch}).
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Q2_KEncoding extends ProductBlocks {

  private static final int GROUP = 16;
  private static final int QS = 16;
  private static final int D = QS + TwoBits.BYTES;
  private static final int D_MIN = D + 2;

  /** Creates one; all are alike. */
  public Q2_KEncoding() {
    super("q2_k", AffineSearch.SIZE, GROUP, D_MIN + 2, 0, 3);
  }

  @Override public boolean hasMinimum() {
    return true;
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    for (int k = 0; k < AffineSearch.SIZE; k++) {
      out[at + k] = TwoBits.get(in, block + QS, k);
    }
  }

  @Override float factor(MemorySegment in, long block) {
    return Bytes.half(in, block + D);
  }

  @Override int multiplier(MemorySegment in, long block, int group) {
    return Bytes.unsigned(in, block + group) & 15;
  }

  @Override float minimumFactor(MemorySegment in, long block) {
    return Bytes.half(in, block + D_MIN);
  }

  @Override int minimumMultiplier(MemorySegment in, long block, int group) {
    return Bytes.unsigned(in, block + group) >> 4;
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    AffineSearch found = AffineSearch.ofTwoBits(in, at);
    for (int g = 0; g < found.scales.length; g++) {
      Bytes.set(out, block + g, found.scales[g] | found.minimums[g] << 4);
    }
    TwoBits.set(out, block + QS, found.levels, 0);
    Bytes.setHalf(out, block + D, found.d);
    Bytes.setHalf(out, block + D_MIN, found.dMin);
  }
}
