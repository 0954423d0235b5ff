package dev.cria.encodings;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * GGUF's IQ4_NL: blocks of 32, a binary16 scale and 32 nibbles that choose one of sixteen levels; {@code d * level}.
 *
 * <p>Encoded by a search for the best scale ({@link Codebook}).
 *
 * @since 0.1
 */
@AutoService(Encoding.class)
public final class Iq4NlEncoding extends ScaledBlocks {

  private static final int QS = 2;

  /** Creates one; all are alike. */
  public Iq4NlEncoding() {
    super("iq4_nl", Nibbles.SIZE, Nibbles.SIZE, QS + Nibbles.BYTES, Codebook.LOWEST, Codebook.HIGHEST);
  }

  @Override void levels(MemorySegment in, long block, float[] out, int at) {
    Codebook.decode(in, block + QS, out, at);
  }

  @Override float scale(MemorySegment in, long block, int group) {
    return Bytes.half(in, block);
  }

  @Override void encodeBlock(float[] in, int at, MemorySegment out, long block) {
    float d = Codebook.scale(in, at);
    Bytes.setHalf(out, block, d);
    Codebook.encode(in, at, Extremes.inverse(d), out, block + QS);
  }
}
