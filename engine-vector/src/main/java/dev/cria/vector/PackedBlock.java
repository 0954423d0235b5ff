package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One block of keys and values that many units read: packed once in panels, so that the loops of matrix products do the rest.
 *
 * <p>The keys are one panel of 64 positions, with a column for each element. The values are panels of 64 elements, with a
 * column for each position; what pads the last means nothing.
 */
final class PackedBlock {

  private static final int POSITIONS = KvView.POSITIONS_MULTIPLE;
  private static final int ROWS = PanelLayout.ROWS;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;
  private static final long PANEL_BYTES = POSITIONS * COLUMN_BYTES;
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;

  private PackedBlock() {}

  /** Whether a worker's piece has room for keys and values of such heads. */
  static boolean fits(int headDim) {
    return valuesStart(headDim) + Math.ceilDiv(headDim, ROWS) * PANEL_BYTES <= Scratch.PIECE_BYTES;
  }

  /** Where the values start, in a worker's piece. */
  private static long valuesStart(int headDim) {
    return headDim * COLUMN_BYTES;
  }

  /** Packs a head of the block that starts at {@code position}. */
  static void pack(Worker worker, KvView cache, int position, int kvHead) {
    MemorySegment block = cache.block(position / cache.blockSize());
    long within = position % cache.blockSize();
    MemorySegment piece = worker.sharedScratch();
    long start = Scratch.piece(worker);
    int headDim = cache.headDim();
    long keys = cache.keyOffset(kvHead) + within * Float.BYTES;
    for (int i = 0; i < headDim; i++) {
      copy(block, keys + (long) i * cache.blockSize() * Float.BYTES, piece, start + i * COLUMN_BYTES, POSITIONS);
    }
    long values = cache.valueOffset(kvHead) + within * headDim * Float.BYTES;
    for (int t = 0; t < POSITIONS; t++) {
      for (int i = 0; i < headDim; i += ROWS) {
        copy(block, values + ((long) t * headDim + i) * Float.BYTES, piece,
            start + valuesStart(headDim) + i / ROWS * PANEL_BYTES + t * COLUMN_BYTES, Math.min(ROWS, headDim - i));
      }
    }
  }

  private static void copy(MemorySegment from, long fromStart, MemorySegment to, long toStart, int floats) {
    int i = 0;
    for (; i <= floats - LANES; i += LANES) {
      FloatVector.fromMemorySegment(F32, from, fromStart + (long) i * Float.BYTES, LITTLE_ENDIAN)
          .intoMemorySegment(to, toStart + (long) i * Float.BYTES, LITTLE_ENDIAN);
    }
    for (; i < floats; i++) {
      to.set(Packing.FLOAT, toStart + (long) i * Float.BYTES,
          from.get(Packing.FLOAT, fromStart + (long) i * Float.BYTES));
    }
  }

  /** Writes the products of up to four queries, {@code step} floats apart, and all keys of the block. */
  static void products(Worker worker, float[] query, int start, int step, int count, int headDim) {
    float[] scratch = worker.scratch();
    int scores = Scratch.weights(0);
    Arrays.fill(scratch, scores, Scratch.weights(Scratch.TOGETHER), 0f);
    for (int row = 0; row < POSITIONS; row += F32Panels.STRIP) {
      long keys = Scratch.piece(worker) + (long) row * Float.BYTES;
      F32Panels.fourRows(worker.sharedScratch(), keys, query, start, step, 1, count, headDim, scratch, scores + row,
          POSITIONS);
    }
  }

  /** Adds positions {@code from .. to}, if any, to the weighted sums of {@code count} units, those from {@code first} on. */
  static void sum(Worker worker, int first, int count, int headDim, int from, int to) {
    int step = count == 1 ? 0 : Scratch.sum(headDim, 1) - Scratch.sum(headDim, 0); // one sum may be written four times
    for (int i = 0; i < headDim && from <= to; i += F32Panels.STRIP) {
      F32Panels.fourRows(worker.sharedScratch(), value(worker, headDim, from, i), worker.scratch(),
          Scratch.weights(first) + from, POSITIONS, 1, count, to - from + 1, worker.scratch(),
          Scratch.sum(headDim, first) + i, step);
    }
  }

  private static long value(Worker worker, int headDim, int position, int element) {
    return Scratch.piece(worker) + valuesStart(headDim) + element / ROWS * PANEL_BYTES + position * COLUMN_BYTES
        + (long) (element % ROWS) * Float.BYTES;
  }
}
