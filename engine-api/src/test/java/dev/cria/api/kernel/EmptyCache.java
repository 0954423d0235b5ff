package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A cache without memory.
 *
 * @param kvHeads heads
 * @param headDim elements of a head
 * @param blockSize positions in a block
 * @param capacity positions that fit
 */
record EmptyCache(int kvHeads, int headDim, int blockSize, int capacity) implements KvView {

  @Override public Encoding encoding() {
    return PlainEncoding.F32;
  }

  @Override public KeyLayout keyLayout() {
    return KeyLayout.BY_DIM;
  }

  @Override public MemorySegment block(int block) {
    return MemorySegment.NULL;
  }
}
