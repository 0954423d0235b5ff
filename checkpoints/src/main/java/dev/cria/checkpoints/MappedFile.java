package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A file that is kept open so that pieces of it can be mapped. Safe for use by several threads. */
final class MappedFile implements ModelBytes {

  private final Path path;
  private final FileChannel channel;
  private final long byteSize;

  private MappedFile(Path path, FileChannel channel, long byteSize) {
    this.path = path;
    this.channel = channel;
    this.byteSize = byteSize;
  }

  static MappedFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new MappedFile(path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes something of an open file, which keeps it open. */
  @FunctionalInterface
  interface Reader<T> {
    T read(MappedFile file) throws IOException;
  }

  /** Opens a file for what is read from it; where that fails, the file is closed. */
  static <T> T open(Path path, Reader<T> reader) throws IOException {
    MappedFile file = open(path);
    try {
      return reader.read(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The size when it was opened. */
  @Override public long byteSize() {
    return byteSize;
  }

  @Override public void read(ByteBuffer into, long offset) throws IOException {
    int start = into.position();
    while (into.hasRemaining() && channel.read(into, offset + into.position() - start) >= 0) {
      // a read may bring less than asked for
    }
  }

  @Override public Path path() {
    return path;
  }

  /**
   * Maps a piece of it.
   *
   * @throws CheckpointFormatException if the file is no longer as long as it was
   * @throws IOException if it is closed or cannot be mapped
   */
  @Override public MemorySegment map(long offset, long bytes, Arena arena) throws IOException {
    if (!channel.isOpen()) {
      throw new IOException(path + ": is closed already; map its tensors before closing the checkpoint");
    }
    long now = channel.size();
    if (now != byteSize) {
      // a mapping beyond the end would be granted, and kill the reader later
      throw new CheckpointFormatException(path, String.format(Locale.ROOT,
          "changed while it was open: it had %,d bytes, now it has %,d; open it again", byteSize, now));
    }
    return channel.map(MapMode.READ_ONLY, offset, bytes, arena);
  }

  @Override public void close() throws IOException {
    channel.close();
  }
}
