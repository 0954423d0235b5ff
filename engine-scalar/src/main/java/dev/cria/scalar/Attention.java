package dev.cria.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

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

  /** Where the weights of a block start in a worker's scratch, after the stripes. */
  private static final int WEIGHTS = Stripes.COUNT;

  /** Where the weighted sum of a block's values starts in a worker's scratch. */
  private static final int BLOCK_SUM = WEIGHTS + BLOCK;

  private Attention() {}

  /** Floats of scratch that a worker needs. */
  static int scratchFloats(int headDim) {
    return BLOCK_SUM + headDim;
  }

  /** {@code out[r][h] = Σ softmax(q · k[t] * scale) v[t]}; a unit is a head of a row. */
  static void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    int units = query.rows() * shape.heads();
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int row = unit / shape.heads();
      int head = unit % shape.heads();
      int outStart = out.index(row) + head * shape.headDim();
      int queryStart = query.index(row) + head * shape.headDim();
      attend(worker.scratch(), out.data(), outStart, query.data(), queryStart, placement, row, head, shape);
    }
  }

  private static void attend(
      float[] scratch, float[] out, int outStart, float[] query, int queryStart, Placement placement, int row, int head,
      AttentionShape shape) {
    KvView cache = placement.cache(row);
    int kvHead = shape.kvHead(head);
    int first = Math.max(0, placement.position(row) - shape.window() + 1);
    int last = shape.causal() ? placement.position(row) : placement.length(row) - 1;
    float max = 0f;
    float total = 0f;
    for (int block = first / BLOCK; block <= last / BLOCK; block++) {
      int from = Math.max(first, block * BLOCK);
      int to = Math.min(last, block * BLOCK + BLOCK - 1);
      float blockMax = scores(scratch, query, queryStart, cache, kvHead, from, to, shape);
      float blockTotal = softmax(scratch, from, to, blockMax);
      weightedSum(scratch, cache, kvHead, from, to);
      if (block == first / BLOCK) {
        max = blockMax;
        total = blockTotal;
        System.arraycopy(scratch, BLOCK_SUM, out, outStart, shape.headDim());
      } else {
        float newMax = Math.max(max, blockMax);
        float f = Exp.exp(max - newMax);
        float g = Exp.exp(blockMax - newMax);
        max = newMax;
        total = Math.fma(total, f, blockTotal * g);
        for (int i = 0; i < shape.headDim(); i++) {
          out[outStart + i] = Math.fma(out[outStart + i], f, scratch[BLOCK_SUM + i] * g);
        }
      }
    }
    for (int i = 0; i < shape.headDim(); i++) {
      out[outStart + i] = out[outStart + i] / total;
    }
  }

  /** Writes the scores of positions {@code from..to}, all of one block, and gives the largest. */
  private static float scores(
      float[] scratch, float[] query, int queryStart, KvView cache, int kvHead, int from, int to,
      AttentionShape shape) {
    MemorySegment block = cache.block(from / cache.blockSize());
    float max = Float.NEGATIVE_INFINITY;
    for (int t = from; t <= to; t++) {
      long key = cache.keyOffset(kvHead) / Float.BYTES + t % cache.blockSize();
      float sum = 0f;
      for (int i = 0; i < shape.headDim(); i++) {
        sum = Math.fma(query[queryStart + i], block.getAtIndex(JAVA_FLOAT, key + (long) i * cache.blockSize()), sum);
      }
      float score = sum * shape.scale();
      if (shape.softCap() > 0) {
        score = shape.softCap() * Exp.tanh(score / shape.softCap());
      }
      scratch[WEIGHTS + t % BLOCK] = score;
      max = Math.max(max, score);
    }
    return max;
  }

  /** Turns the scores of one block into weights relative to the largest, and gives their sum. */
  private static float softmax(float[] scratch, int from, int to, float max) {
    Stripes.clear(scratch);
    for (int t = from; t <= to; t++) {
      float weight = Exp.exp(scratch[WEIGHTS + t % BLOCK] - max);
      scratch[WEIGHTS + t % BLOCK] = weight;
      scratch[t % Stripes.COUNT] = scratch[t % Stripes.COUNT] + weight;
    }
    return Stripes.fold(scratch);
  }

  /** Writes the sum of one block's values, each times its weight. */
  private static void weightedSum(float[] scratch, KvView cache, int kvHead, int from, int to) {
    MemorySegment block = cache.block(from / cache.blockSize());
    long values = cache.valueOffset(kvHead) / Float.BYTES;
    for (int i = 0; i < cache.headDim(); i++) {
      float sum = 0f;
      for (int t = from; t <= to; t++) {
        long value = values + (long) (t % cache.blockSize()) * cache.headDim() + i;
        sum = Math.fma(scratch[WEIGHTS + t % BLOCK], block.getAtIndex(JAVA_FLOAT, value), sum);
      }
      scratch[BLOCK_SUM + i] = sum;
    }
  }
}
