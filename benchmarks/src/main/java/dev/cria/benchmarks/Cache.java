package dev.cria.benchmarks;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.KeyLayout;
import dev.cria.api.kernel.KvView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The keys and values of one layer in blocks of 64 positions, as the engine keeps them. */
final class Cache implements KvView {

  private final Encoding encoding;
  private final int kvHeads;
  private final int headDim;
  private final int capacity;
  private final List<MemorySegment> blocks = new ArrayList<>();

  /** An empty cache. */
  Cache(Arena arena, Encoding encoding, int kvHeads, int headDim, int capacity) {
    this.encoding = encoding;
    this.kvHeads = kvHeads;
    this.headDim = headDim;
    this.capacity = capacity;
    for (int position = 0; position < capacity; position += blockSize()) {
      blocks.add(arena.allocate(2L * kvHeads * headBytes(), Memory.ALIGNMENT));
    }
  }

  @Override public int kvHeads() {
    return kvHeads;
  }

  @Override public int headDim() {
    return headDim;
  }

  @Override public int blockSize() {
    return POSITIONS_MULTIPLE;
  }

  @Override public int capacity() {
    return capacity;
  }

  @Override public Encoding encoding() {
    return encoding;
  }

  @Override public KeyLayout keyLayout() {
    return KeyLayout.BY_DIM;
  }

  @Override public MemorySegment block(int block) {
    return blocks.get(block);
  }
}
