package dev.cria.vector;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Scaled dot-product attention over a cache, block by block with a running softmax.
 *
 * <p>A unit is a head of a row. All rows of a head stand side by side, so that units which read the same keys and values do.
 */
final class Attention {

  /*
   * All units of a worker pass over a block before the next is read: the cache comes from memory in the order in which it lies
   * there. What at least MANY units read, as the rows of a prompt do, is packed in panels and multiplied four units at a time.
   * Far from the start of a text, a unit takes four blocks at a time: each is a stream of memory to fetch ahead.
   */
  private static final int BLOCK = KvView.POSITIONS_MULTIPLE;
  private static final int MANY = 16;

  private Attention() {}

  /** {@code out[r][h] = Σ softmax(q · k[t] * scale) v[t]}. */
  static void attention(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape) {
    int units = query.rows() * shape.heads();
    int start = worker.shareStart(units, 1);
    int end = worker.shareEnd(units, 1);
    if (start == end) {
      return;
    }
    int firstBlock = Integer.MAX_VALUE;
    int lastBlock = 0;
    for (int row = 0; row < query.rows(); row++) {
      firstBlock = Math.min(firstBlock, first(placement, shape, row) / BLOCK);
      lastBlock = Math.max(lastBlock, last(placement, shape, row) / BLOCK);
    }
    for (int block = firstBlock, count; block <= lastBlock; block += count) {
      count = blocksAtOnce(query.rows(), placement, shape, block);
      if (count == 1) {
        block(worker, out, query, placement, shape, start, end, block);
      } else {
        for (int unit = start; unit < end; unit++) {
          several(worker.scratch(), out, query, placement, shape, unit, start, block);
        }
      }
    }
    for (int unit = start; unit < end; unit++) {
      Values.divide(out.data(), index(out, shape, unit), shape.headDim(),
          worker.scratch()[Scratch.total(shape.headDim(), unit - start)]);
    }
  }

  /** Where the head of a unit starts in its row of a matrix. */
  private static int index(FloatMatrix matrix, AttentionShape shape, int unit) {
    return matrix.index(unit % matrix.rows()) + unit / matrix.rows() * shape.headDim();
  }

  /** The first position that a row sees. */
  private static int first(Placement placement, AttentionShape shape, int row) {
    return Math.max(0, placement.position(row) - shape.window() + 1);
  }

  /** The last position that a row sees. */
  private static int last(Placement placement, AttentionShape shape, int row) {
    return shape.causal() ? placement.position(row) : placement.length(row) - 1;
  }

  /** The first position of a block that a row sees, counted from the first of the block. */
  private static int from(Placement placement, AttentionShape shape, int row, int block) {
    return Math.max(first(placement, shape, row) - block * BLOCK, 0);
  }

  /** The last position of a block that a row sees, counted likewise; less than {@link #from} if it sees none. */
  private static int to(Placement placement, AttentionShape shape, int row, int block) {
    return Math.min(last(placement, shape, row) - block * BLOCK, BLOCK - 1);
  }

  /** Adds one block of positions to the units that see some of it. */
  private static void block(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape, int start, int end,
      int block) {
    int unit = start;
    while (unit < end) {
      int row = unit % query.rows();
      if (from(placement, shape, row, block) > to(placement, shape, row, block)) {
        unit++;
        continue;
      }
      int stop = sameKeys(query.rows(), placement, shape, unit, end);
      if (stop - unit >= MANY && PackedBlock.fits(shape.headDim())) {
        PackedBlock.pack(worker, placement.cache(row), block * BLOCK, shape.kvHead(unit / query.rows()));
        for (; unit < stop; unit += Scratch.TOGETHER) {
          together(worker, out, query, placement, shape, unit, Math.min(unit + Scratch.TOGETHER, stop), start, block);
        }
        unit = stop;
      } else {
        for (; unit < stop; unit++) {
          alone(worker.scratch(), out, query, placement, shape, unit, start, block);
        }
      }
    }
  }

  /**
   * Where the run of units ends that read the same keys as the first of them, with queries at equal distances: rows of a head,
   * or, if there is but one row, heads.
   */
  private static int sameKeys(int rows, Placement placement, AttentionShape shape, int unit, int end) {
    int head = unit / rows;
    if (rows == 1) {
      return Math.min(end, (shape.kvHead(head) + 1) * (shape.heads() / shape.kvHeads()));
    }
    int limit = Math.min(end, (head + 1) * rows);
    int stop = unit + 1;
    while (stop < limit && placement.cache(stop % rows) == placement.cache(unit % rows)) {
      stop++;
    }
    return stop;
  }

  /** Adds a block, as it lies in the cache, to one unit. */
  private static void alone(
      float[] scratch, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape, int unit,
      int start, int block) {
    int row = unit % query.rows();
    int from = from(placement, shape, row, block);
    int to = to(placement, shape, row, block);
    if (from > to) {
      return;
    }
    int headDim = shape.headDim();
    int kvHead = shape.kvHead(unit / query.rows());
    KvView cache = placement.cache(row);
    MemorySegment memory = cache.block(block * BLOCK / cache.blockSize());
    int within = block * BLOCK % cache.blockSize();
    int weights = Scratch.weights(0);
    Scores.products(memory, cache.keyOffset(kvHead) + (long) within * Float.BYTES, cache.blockSize(), query.data(),
        index(query, shape, unit), headDim, from, to, scratch, weights);
    weigh(scratch, shape, 0, from, to);
    long values = cache.valueOffset(kvHead) + (long) within * headDim * Float.BYTES;
    Values.sum(memory, values, headDim, from, to, scratch, weights, Scratch.sum(headDim, 0));
    combine(scratch, 0, unit - start, out.data(), index(out, shape, unit), headDim,
        block == first(placement, shape, row) / BLOCK);
  }

  /** How many blocks from this one on are added at a time: four, if one row sees all of their positions, or one. */
  private static int blocksAtOnce(int rows, Placement placement, AttentionShape shape, int block) {
    boolean four = rows == 1 && shape.heads() / shape.kvHeads() < MANY && placement.cache(0).blockSize() == BLOCK
        && block * BLOCK >= first(placement, shape, 0)
        && (block + Scratch.TOGETHER) * BLOCK <= last(placement, shape, 0) + 1;
    return four ? Scratch.TOGETHER : 1;
  }

  /** Adds four blocks, as they lie in the cache, to one unit of one row that sees all of them. */
  private static void several(
      float[] scratch, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape, int unit,
      int start, int block) {
    int headDim = shape.headDim();
    int kvHead = shape.kvHead(unit);
    KvView cache = placement.cache(0);
    Scores.productsOfFour(cache, block, cache.keyOffset(kvHead), query.data(), index(query, shape, unit), headDim,
        scratch, Scratch.weights(0));
    for (int which = 0; which < Scratch.TOGETHER; which++) {
      weigh(scratch, shape, which, 0, BLOCK - 1);
    }
    Values.sumOfFour(cache, block, cache.valueOffset(kvHead), headDim, scratch);
    for (int which = 0; which < Scratch.TOGETHER; which++) {
      combine(scratch, which, unit - start, out.data(), index(out, shape, unit), headDim,
          block + which == first(placement, shape, 0) / BLOCK);
    }
  }

  /** Adds the packed block to up to four units that read it. */
  private static void together(
      Worker worker, FloatMatrix out, FloatMatrix query, Placement placement, AttentionShape shape, int unit, int stop,
      int start, int block) {
    float[] scratch = worker.scratch();
    int headDim = shape.headDim();
    int rows = query.rows();
    int step = rows == 1 ? headDim : query.stride();
    PackedBlock.products(worker, query.data(), index(query, shape, unit), step, stop - unit, headDim);
    int from = 0;
    int to = BLOCK - 1;
    for (int u = unit; u < stop; u++) {
      int row = u % rows;
      weigh(scratch, shape, u - unit, from(placement, shape, row, block), to(placement, shape, row, block));
      from = Math.max(from, from(placement, shape, row, block));
      to = Math.min(to, to(placement, shape, row, block));
    }
    Arrays.fill(scratch, Scratch.sum(headDim, 0), Scratch.sum(headDim, Scratch.TOGETHER), 0f);
    if (from > to) { // no position is seen by all: none is left for after them
      from = BLOCK;
      to = BLOCK - 1;
    }
    for (int u = unit; u < stop; u++) {
      PackedBlock.sum(worker, u - unit, 1, headDim, from(placement, shape, u % rows, block),
          Math.min(from - 1, to(placement, shape, u % rows, block)));
    }
    PackedBlock.sum(worker, 0, stop - unit, headDim, from, to);
    for (int u = unit; u < stop; u++) {
      int row = u % rows;
      int lastOfRow = to(placement, shape, row, block);
      PackedBlock.sum(worker, u - unit, 1, headDim, to + 1, lastOfRow);
      if (from(placement, shape, row, block) <= lastOfRow) {
        combine(scratch, u - unit, u - start, out.data(), index(out, shape, u), headDim,
            block == first(placement, shape, row) / BLOCK);
      }
    }
  }

  /** Turns the products of one of the units together into weights, and notes their largest score and their sum. */
  private static void weigh(float[] scratch, AttentionShape shape, int which, int from, int to) {
    if (from <= to) {
      int weights = Scratch.weights(which);
      float max = Scores.scale(scratch, weights, from, to, shape.scale(), shape.softCap());
      scratch[Scratch.BLOCK_MAX + which] = max;
      scratch[Scratch.BLOCK_TOTAL + which] = Scores.exponentiate(scratch, weights, from, to, max);
    }
  }

  /** Adds what one of the units together has from a block to what it has from those before. */
  private static void combine(
      float[] scratch, int which, int unit, float[] out, int outStart, int headDim, boolean isFirst) {
    float blockMax = scratch[Scratch.BLOCK_MAX + which];
    float blockTotal = scratch[Scratch.BLOCK_TOTAL + which];
    int max = Scratch.max(headDim, unit);
    int total = Scratch.total(headDim, unit);
    if (isFirst) {
      scratch[max] = blockMax;
      scratch[total] = blockTotal;
      System.arraycopy(scratch, Scratch.sum(headDim, which), out, outStart, headDim);
    } else {
      float newMax = Math.max(scratch[max], blockMax);
      float f = Exp.exp(scratch[max] - newMax);
      float g = Exp.exp(blockMax - newMax);
      scratch[max] = newMax;
      scratch[total] = Math.fma(scratch[total], f, blockTotal * g);
      Values.combine(out, outStart, headDim, f, scratch, Scratch.sum(headDim, which), g);
    }
  }
}
