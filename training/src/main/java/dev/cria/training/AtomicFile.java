package dev.cria.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are seen complete or not at all, whenever the process ends. */
final class AtomicFile {

  private static final String PART = ".part";

  /** What is in the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file, or replaces it.
   *
   * @throws IOException if it cannot be written, as on a full disk; the message names the file; what was there before is
   *     there still
   */
  static void write(Path target, Content content) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + PART);
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE)) {
        content.writeTo(out);
        out.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) { // the channel's own say neither where nor what to do
      throw named(target, e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The same failure, with the file in its message. */
  static IOException named(Path file, IOException failure) {
    IOException named = new FileSystemException(file.toString(), null, "cannot be written: " + failure.getMessage()
        + "; make room and go on with --resume, what was saved last is kept");
    named.initCause(failure);
    return named;
  }

  static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Removes what a process that was killed has left in a folder. */
  static void removeParts(Path folder) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }
}
