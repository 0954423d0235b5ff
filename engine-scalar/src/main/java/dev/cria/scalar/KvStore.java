package dev.cria.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KvView;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;

/** Storing keys and values. */
final class KvStore {

  private KvStore() {}

  /** Keys go dim by dim, values position by position; a unit is a key-value head of a row. */
  static void storeKv(Worker worker, Placement placement, FloatMatrix key, FloatMatrix value) {
    int kvHeads = placement.cache(0).kvHeads();
    int end = worker.shareEnd(key.rows() * kvHeads, 1);
    for (int unit = worker.shareStart(key.rows() * kvHeads, 1); unit < end; unit++) {
      int row = unit / kvHeads;
      int head = unit % kvHeads;
      KvView cache = placement.cache(row);
      int position = placement.position(row);
      store(cache, head, position, key.data(), key.index(row) + head * cache.headDim(), value.data(),
          value.index(row) + head * cache.headDim());
    }
  }

  private static void store(
      KvView cache, int head, int position, float[] key, int keyStart, float[] value, int valueStart) {
    MemorySegment block = cache.block(position / cache.blockSize());
    int within = position % cache.blockSize();
    long keys = cache.keyOffset(head) / Float.BYTES;
    long values = cache.valueOffset(head) / Float.BYTES;
    for (int i = 0; i < cache.headDim(); i++) {
      block.setAtIndex(JAVA_FLOAT, keys + (long) i * cache.blockSize() + within, key[keyStart + i]);
      block.setAtIndex(JAVA_FLOAT, values + (long) within * cache.headDim() + i, value[valueStart + i]);
    }
  }
}
