package dev.cria.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The bytes of a model file, wherever they are. Safe for use by several threads. */
interface ModelBytes extends Closeable {

  /** Where it is, for messages. */
  Path path();

  /** How many there are. */
  long byteSize();

  /** Reads from that place on, until the buffer is full or the file ends. */
  void read(ByteBuffer into, long offset) throws IOException;

  /**
   * A piece of it, to be read, for as long as the arena lives.
   *
   * @throws IOException if it is closed or cannot be mapped
   */
  MemorySegment map(long offset, long bytes, Arena arena) throws IOException;

  /** The first bytes, little-endian, from 0 to the limit: as many as asked for, or all there are. */
  default ByteBuffer head(int bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(bytes, byteSize())).order(ByteOrder.LITTLE_ENDIAN);
    read(head, 0);
    return head.flip();
  }
}
