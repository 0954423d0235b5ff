package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.KvView;
import java.lang.foreign.MemorySegment;

/** Reads and writes the keys and values of one head and position, as {@link KvView} says that they lie. */
final class CacheAccess {

  /** Stands where no cache has been looked at. */
  static final KvView NONE = new SampleCache(1, 1, 1, 64, Encodings.F32, KeyLayout.BY_DIM);

  private CacheAccess() {}

  static void readKey(KvView cache, int kvHead, int position, float[] out) {
    Encoding encoding = cache.encoding();
    MemorySegment block = cache.block(position / cache.blockSize());
    if (cache.keyLayout() == KeyLayout.BY_POSITION) {
      encoding.decode(block, row(cache, cache.keyOffset(kvHead), position), out, 0, cache.headDim());
      return;
    }
    for (int i = 0; i < cache.headDim(); i++) {
      encoding.decode(block, keyElement(cache, kvHead, position, i), out, i, 1);
    }
  }

  static void writeKey(KvView cache, int kvHead, int position, float[] in, int inAt) {
    Encoding encoding = cache.encoding();
    MemorySegment block = cache.block(position / cache.blockSize());
    if (cache.keyLayout() == KeyLayout.BY_POSITION) {
      encoding.encode(in, inAt, block, row(cache, cache.keyOffset(kvHead), position), cache.headDim());
      return;
    }
    for (int i = 0; i < cache.headDim(); i++) {
      encoding.encode(in, inAt + i, block, keyElement(cache, kvHead, position, i), 1);
    }
  }

  static void readValue(KvView cache, int kvHead, int position, float[] out) {
    MemorySegment block = cache.block(position / cache.blockSize());
    cache.encoding().decode(block, row(cache, cache.valueOffset(kvHead), position), out, 0, cache.headDim());
  }

  static void writeValue(KvView cache, int kvHead, int position, float[] in, int inAt) {
    MemorySegment block = cache.block(position / cache.blockSize());
    cache.encoding().encode(in, inAt, block, row(cache, cache.valueOffset(kvHead), position), cache.headDim());
  }

  private static long row(KvView cache, long start, int position) {
    return start + position % cache.blockSize() * cache.encoding().rowBytes(cache.headDim());
  }

  private static long keyElement(KvView cache, int kvHead, int position, int i) {
    long index = (long) i * cache.blockSize() + position % cache.blockSize();
    return cache.keyOffset(kvHead) + index * cache.encoding().blockBytes();
  }
}
