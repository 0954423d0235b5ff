package dev.cria.vector;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;

/** Scaled dot-product attention over a cache, block by block with a running softmax. */
final class Attention {

  /** Positions that are combined at a time. */
  private static final int BLOCK = KvView.POSITIONS_MULTIPLE;

  private Attention() {}

  /** {@code out[r][h] = Σ softmax(q · k[t] * scale) v[t]}; a unit is a head of a row. */
  static void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    int units = query.rows() * shape.heads();
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int row = unit / shape.heads();
      int head = unit % shape.heads();
      int position = placement.position(row);
      int first = Math.max(0, position - shape.window() + 1);
      int last = shape.causal() ? position : placement.length(row) - 1;
      attend(worker.scratch(), out.data(), out.index(row) + head * shape.headDim(), query.data(),
          query.index(row) + head * shape.headDim(), placement.cache(row), shape, shape.kvHead(head), first, last);
    }
  }

  private static void attend(
      float[] scratch, float[] out, int outStart, float[] query, int queryStart, KvView cache, AttentionShape shape,
      int kvHead, int first, int last) {
    int headDim = shape.headDim();
    float max = 0f;
    float total = 0f;
    for (int block = first / BLOCK; block <= last / BLOCK; block++) {
      int start = block * BLOCK;
      int from = Math.max(first - start, 0);
      int to = Math.min(last - start, BLOCK - 1);
      int within = start % cache.blockSize();
      MemorySegment memory = cache.block(start / cache.blockSize());
      long keys = cache.keyOffset(kvHead) + (long) within * Float.BYTES;
      long values = cache.valueOffset(kvHead) + (long) within * headDim * Float.BYTES;
      Scores.products(memory, keys, cache.blockSize(), query, queryStart, headDim, from, to, scratch);
      float blockMax = Scores.scale(scratch, from, to, shape.scale(), shape.softCap());
      float blockTotal = Scores.exponentiate(scratch, from, to, blockMax);
      Values.sum(memory, values, headDim, from, to, scratch);
      if (block == first / BLOCK) {
        max = blockMax;
        total = blockTotal;
        System.arraycopy(scratch, Scratch.BLOCK_SUM, out, outStart, headDim);
      } else {
        float newMax = Math.max(max, blockMax);
        float f = Exp.exp(max - newMax);
        float g = Exp.exp(blockMax - newMax);
        max = newMax;
        total = Math.fma(total, f, blockTotal * g);
        Values.combine(out, outStart, headDim, f, scratch, g);
      }
    }
    Values.divide(out, outStart, headDim, total);
  }
}
