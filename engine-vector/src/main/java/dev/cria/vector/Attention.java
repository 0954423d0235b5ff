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

  /**
   * {@code out[r][h] = Σ softmax(q · k[t] * scale) v[t]}; a unit is a head of a row.
   *
   * <p>All heads of a worker pass over a block before the next is read: the cache comes from memory in the order in which it
   * lies there.
   */
  static void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    int units = query.rows() * shape.heads();
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1), heads; unit < end; unit += heads) {
      int head = unit % shape.heads();
      heads = Math.min(shape.heads() - head, end - unit);
      attend(worker.scratch(), out, query, placement, unit / shape.heads(), shape, head, head + heads);
    }
  }

  /** Heads {@code from .. to} of a row. */
  private static void attend(
      float[] scratch, FloatMatrix out, FloatMatrix query, Placement placement, int row, AttentionShape shape, int from,
      int to) {
    KvView cache = placement.cache(row);
    int headDim = shape.headDim();
    int position = placement.position(row);
    int first = Math.max(0, position - shape.window() + 1);
    int last = shape.causal() ? position : placement.length(row) - 1;
    for (int block = first / BLOCK; block <= last / BLOCK; block++) {
      int start = block * BLOCK;
      MemorySegment memory = cache.block(start / cache.blockSize());
      for (int head = from; head < to; head++) {
        block(scratch, out.data(), out.index(row) + head * headDim, query.data(), query.index(row) + head * headDim,
            memory,
            cache, start % cache.blockSize(), shape, head, Math.max(first - start, 0),
            Math.min(last - start, BLOCK - 1), block == first / BLOCK);
      }
    }
    for (int head = from; head < to; head++) {
      Values.divide(out.data(), out.index(row) + head * headDim, headDim, scratch[Scratch.total(headDim, head)]);
    }
  }

  /** Adds positions {@code from .. to} of one block to one head; the block starts {@code within} a block of the cache. */
  private static void block(
      float[] scratch, float[] out, int outStart, float[] query, int queryStart, MemorySegment memory, KvView cache,
      int within, AttentionShape shape, int head, int from, int to, boolean isFirst) {
    int headDim = shape.headDim();
    int kvHead = shape.kvHead(head);
    long keys = cache.keyOffset(kvHead) + (long) within * Float.BYTES;
    long values = cache.valueOffset(kvHead) + (long) within * headDim * Float.BYTES;
    Scores.products(memory, keys, cache.blockSize(), query, queryStart, headDim, from, to, scratch);
    float blockMax = Scores.scale(scratch, from, to, shape.scale(), shape.softCap());
    float blockTotal = Scores.exponentiate(scratch, from, to, blockMax);
    Values.sum(memory, values, headDim, from, to, scratch);
    int max = Scratch.max(headDim, head);
    int total = Scratch.total(headDim, head);
    if (isFirst) {
      scratch[max] = blockMax;
      scratch[total] = blockTotal;
      System.arraycopy(scratch, Scratch.BLOCK_SUM, out, outStart, headDim);
    } else {
      float newMax = Math.max(scratch[max], blockMax);
      float f = Exp.exp(scratch[max] - newMax);
      float g = Exp.exp(blockMax - newMax);
      scratch[max] = newMax;
      scratch[total] = Math.fma(scratch[total], f, blockTotal * g);
      Values.combine(out, outStart, headDim, f, scratch, g);
    }
  }
}
