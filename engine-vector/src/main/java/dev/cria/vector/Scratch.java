package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;

/** What lies where in the scratch memory of a worker; operations share it, since one runs at a time. */
final class Scratch {

  /** Sums of products: rows of x, 64 floats for each. */
  static final int SUMS = 0;

  /** Rows of x whose sums fit; half as many if a row has two sums, as in gated products. */
  static final int SUM_ROWS = 256;

  /** What is to be exponentiated for the gates of one row: 128 floats. */
  static final int EXPONENTS = SUMS + SUM_ROWS * PanelLayout.ROWS;

  /** Two rows of weights while they are packed: levels, scales and minimums. */
  static final int DECODED = EXPONENTS + 2 * PanelLayout.ROWS;

  /** Floats of one of these rows. */
  static final int DECODED_FLOATS = 3 * Encoding.MAX_BLOCK_SIZE;

  /** The sums of one group, of four rows of x, while these are multiplied: 64 floats for each. */
  static final int GROUP_SUMS = DECODED;

  /** The levels of one group of activations while these are rounded. */
  static final int LEVELS = GROUP_SUMS + 4 * PanelLayout.ROWS;

  /** What {@link NarrowActivations} makes of a row of activations, or {@link Int8Activations} of all. */
  static final int ACTIVATIONS = DECODED + 2 * DECODED_FLOATS;

  /** Eight rows of an incomplete tile of a general product, 64 floats for each. */
  static final int EDGE = 0;

  /** Rows of a general product whose factors are packed at a time, if they are columns. */
  static final int GEMM_ROWS = 256;

  /** What is summed at a time in a general product: with 64 columns, most of the first cache. */
  static final int GEMM_INNER = 144;

  /** Panels of a general product that are packed at a time. */
  static final int GEMM_PANELS = 10;

  /** These factors. */
  static final int PACKED = EDGE + 8 * PanelLayout.ROWS;

  /** Sixteen stripes. */
  static final int STRIPES = 0;

  /** Units of attention that pass over a block of positions together. */
  static final int TOGETHER = 4;

  /** The largest score of a block, of each of these units. */
  static final int BLOCK_MAX = STRIPES + Stripes.COUNT;

  /** The sum of the weights of a block, of each of these units. */
  static final int BLOCK_TOTAL = BLOCK_MAX + TOGETHER;

  /** Scores, then weights, of one block of positions, of each of these units. */
  private static final int WEIGHTS = BLOCK_TOTAL + TOGETHER;

  /** The weighted sum of the values of one block, of each of these units. */
  private static final int BLOCK_SUM = WEIGHTS + TOGETHER * KvView.POSITIONS_MULTIPLE;

  /** Bytes of what each worker packs in panels in shared scratch: weights that are not, or keys and values. */
  static final long PIECE_BYTES = DECODED_FLOATS * PanelLayout.COLUMN_BYTES;

  private Scratch() {}

  /**
   * How much all operations need.
   *
   * @param rounds whether activations are rounded to int8 where that is faster
   */
  static ScratchSize size(KernelLimits limits, boolean rounds) {
    int activations = Math.max(NarrowActivations.floats(limits), rounds ? Int8Activations.floats(limits) : 0);
    int products = Math.max(ACTIVATIONS + activations, PACKED + GEMM_ROWS * (GEMM_INNER + 1));
    int attention = max(limits.headDim(), limits.rows() * limits.heads()); // one worker may do it all
    return new ScratchSize(Math.max(products, attention), limits.workers() * PIECE_BYTES);
  }

  /** Where the weights of one of the units together start. */
  static int weights(int which) {
    return WEIGHTS + which * KvView.POSITIONS_MULTIPLE;
  }

  /** Where the weighted sum of one of the units together starts; it has room for whole panels. */
  static int sum(int headDim, int which) {
    return BLOCK_SUM + which * paddedHeadDim(headDim);
  }

  /** Elements of a head, rounded up to whole panels. */
  private static int paddedHeadDim(int headDim) {
    return Math.ceilDiv(headDim, PanelLayout.ROWS) * PanelLayout.ROWS;
  }

  /** The largest score of a unit so far, units being counted from the worker's first. */
  static int max(int headDim, int unit) {
    return sum(headDim, TOGETHER) + 2 * unit;
  }

  /** The sum of the weights of a unit so far. */
  static int total(int headDim, int unit) {
    return max(headDim, unit) + 1;
  }

  /** Where a worker's piece starts in shared scratch. */
  static long piece(Worker worker) {
    return worker.index() * PIECE_BYTES;
  }
}
