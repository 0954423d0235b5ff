package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Writes a file that is seen complete or not at all: beside its place first, moved there at the end. */
final class CompleteFile {

  /** What is in the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(WritableByteChannel out) throws IOException;
  }

  private CompleteFile() {}

  /**
   * Writes a file, or replaces it.
   *
   * @throws IOException if it cannot be written; what was there before is there still, and nothing else
   */
  static void write(Path target, Content content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path name = target.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(target.toString(), null, "cannot be written: no such folder; create it first");
    }
    String unique = Long.toHexString(new SplittableRandom().nextLong());
    Path part = folder.resolve("." + name + "." + unique + ".part");
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
        out.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException | CheckpointFormatException e) {
      throw e;
    } catch (IOException e) { // a channel's own does not say where
      IOException named = new FileSystemException(target.toString(), null, "cannot be written: " + e.getMessage());
      named.initCause(e);
      throw named;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
