package dev.cria.training;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Where a training run stands, in a file: everything that the next step depends on.
 *
 * <p>Little-endian: the eight bytes {@code criaTRN1}; int64 checksum of the text and recipe; int32 step, epoch, window; int32 number
 * of weights; the weights, means and mean squares as float32; int64 CRC-32C of all that.
 *
 * @param origin checksum of recipe and text
 * @param step steps taken
 * @param epoch that is being read, from 0
 * @param window of it that comes next
 */
record TrainingState(long origin, int step, int epoch, int window) {

  private static final long MAGIC = 0x314E525461697263L; // criaTRN1
  private static final int HEADER = 32;
  private static final int CHUNK = 1 << 16; // floats

  /** Writes it, with the weights and both moments. */
  void write(Path file, Parameters... parameters) throws IOException {
    AtomicFile.write(file, out -> {
      CRC32C checksum = new CRC32C();
      ByteBuffer header = buffer(HEADER).putLong(MAGIC).putLong(origin).putInt(step).putInt(epoch).putInt(window)
          .putInt(parameters[0].data().length).flip();
      put(out, header, checksum);
      ByteBuffer bytes = buffer(CHUNK * Float.BYTES);
      for (Parameters some : parameters) {
        float[] data = some.data();
        for (int at = 0; at < data.length; at += CHUNK) {
          int count = Math.min(CHUNK, data.length - at);
          bytes.clear().asFloatBuffer().put(data, at, count);
          put(out, bytes.limit(count * Float.BYTES), checksum);
        }
      }
      AtomicFile.writeAll(out, buffer(Long.BYTES).putLong(checksum.getValue()).flip());
    });
  }

  /**
   * Reads it, and the weights and both moments into what is given.
   *
   * @throws CheckpointFormatException if it is damaged, or of another model
   */
  static TrainingState read(Path file, Parameters... parameters) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      int size = parameters[0].data().length;
      CRC32C checksum = new CRC32C();
      ByteBuffer header = buffer(HEADER);
      get(in, header, checksum);
      if (header.getLong() != MAGIC) {
        throw new CheckpointFormatException(file, "is no state of a training run; begin anew in another folder");
      }
      TrainingState state = new TrainingState(header.getLong(), header.getInt(), header.getInt(), header.getInt());
      int weights = header.getInt();
      if (weights != size) {
        throw new CheckpointFormatException(file, "is of a model of " + weights + " weights, the recipe beside it has "
            + size + "; restore both files together, or begin anew in another folder");
      }
      ByteBuffer bytes = buffer(CHUNK * Float.BYTES);
      for (Parameters some : parameters) {
        for (int at = 0; at < size; at += CHUNK) {
          int count = Math.min(CHUNK, size - at);
          get(in, bytes.clear().limit(count * Float.BYTES), checksum);
          bytes.asFloatBuffer().get(some.data(), at, count);
        }
      }
      ByteBuffer last = buffer(Long.BYTES);
      get(in, last, new CRC32C());
      if (last.getLong() != checksum.getValue()) {
        throw new CheckpointFormatException(file,
            "is damaged: its checksum is wrong; restore it from a copy, or begin anew");
      }
      return state;
    } catch (EOFException e) {
      CheckpointFormatException damaged = new CheckpointFormatException(file,
          "is damaged: it ends too early; restore it from a copy, or begin anew");
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(FileChannel out, ByteBuffer bytes, CRC32C checksum) throws IOException {
    checksum.update(bytes.duplicate());
    AtomicFile.writeAll(out, bytes);
  }

  private static void get(FileChannel in, ByteBuffer bytes, CRC32C checksum) throws IOException {
    while (bytes.hasRemaining()) {
      if (in.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    bytes.flip();
    checksum.update(bytes.duplicate());
  }
}
