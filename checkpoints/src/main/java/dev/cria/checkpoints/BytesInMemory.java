package dev.cria.checkpoints;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A model file that was read as a whole. */
record BytesInMemory(Path path, byte[] bytes) implements ModelBytes {

  private static final long ALIGNMENT = 64;

  @Override public long byteSize() {
    return bytes.length;
  }

  @Override public void read(ByteBuffer into, long offset) {
    int from = (int) Math.min(offset, bytes.length);
    into.put(bytes, from, Math.min(into.remaining(), bytes.length - from));
  }

  @Override public MemorySegment map(long offset, long count, Arena arena) {
    return arena.allocate(count, ALIGNMENT).copyFrom(MemorySegment.ofArray(bytes).asSlice(offset, count));
  }

  @Override public void close() {
    // nothing is open
  }
}
