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

  /** Scores, then weights, of one block of positions. */
  static final int WEIGHTS = STRIPES + Stripes.COUNT;

  /** The weighted sum of the values of one block. */
  static final int BLOCK_SUM = WEIGHTS + KvView.POSITIONS_MULTIPLE;

  /** Bytes of the piece of a panel that each worker packs in shared scratch when weights are not in panels. */
  private static final long PIECE_BYTES = DECODED_FLOATS * PanelLayout.COLUMN_BYTES;

  private Scratch() {}

  /** How much all operations need. */
  static ScratchSize size(KernelLimits limits) {
    int products = Math.max(DECODED + 2 * DECODED_FLOATS, PACKED + GEMM_ROWS * (GEMM_INNER + 1));
    return new ScratchSize(Math.max(products, max(limits.headDim(), limits.heads())), limits.workers() * PIECE_BYTES);
  }

  /** The largest score of a head so far; it lies after the weighted sum. */
  static int max(int headDim, int head) {
    return BLOCK_SUM + headDim + 2 * head;
  }

  /** The sum of the weights of a head so far. */
  static int total(int headDim, int head) {
    return max(headDim, head) + 1;
  }

  /** Where a worker's piece starts in shared scratch. */
  static long piece(Worker worker) {
    return worker.index() * PIECE_BYTES;
  }
}
