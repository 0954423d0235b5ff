package dev.cria.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
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
   * @throws IOException if it cannot be written; what was there before is there still
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
    } finally {
      Files.deleteIfExists(part);
    }
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
