package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Storing keys and values. */
final class KvStore {

  private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private KvStore() {}

  /** Keys go dim by dim, values position by position; a unit is a key-value head of a row. */
  static void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
    int kvHeads = placement.cache(0).kvHeads();
    int units = key.rows() * kvHeads;
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int row = unit / kvHeads;
      int head = unit % kvHeads;
      KvView cache = placement.cache(row);
      int headDim = cache.headDim();
      MemorySegment block = cache.block(placement.position(row) / cache.blockSize());
      int within = placement.position(row) % cache.blockSize();
      plainStoreKey(block, cache.keyOffset(head) + (long) within * Float.BYTES, cache.blockSize(), key.data(),
          key.index(row) + head * headDim, headDim);
      MemorySegment.copy(value.data(), value.index(row) + head * headDim, block, FLOAT,
          cache.valueOffset(head) + (long) within * headDim * Float.BYTES, headDim);
    }
  }

  /** The elements of one key go to as many places, a block of positions apart: there is nothing to do side by side. */
  private static void plainStoreKey(MemorySegment block, long at, int blockSize, float[] key, int start, int headDim) {
    long step = (long) blockSize * Float.BYTES;
    for (int i = 0; i < headDim; i++) {
      block.set(FLOAT, at + i * step, key[start + i]);
    }
  }
}
