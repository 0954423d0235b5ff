package dev.cria.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Where logits go. A file is written beside its place and moved there when complete, so that it is whole or as it was. */
final class LogitsOutput {

  /** What is written. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final Path target;
  private final Terminal terminal;

  private LogitsOutput(Path target, Terminal terminal) {
    this.target = target;
    this.terminal = terminal;
  }

  /**
   * Checks, before anything is computed, that the file can be what the user wants.
   *
   * @throws UsageException if it is the model
   * @throws IOException if it is a folder, or there is no such folder
   */
  static LogitsOutput of(Path target, Path model, Terminal terminal) throws IOException {
    if (Files.isDirectory(target)) {
      throw new UsageException("--out " + target + " is a folder; name a file in it.");
    }
    if (Files.exists(target) && Files.exists(model) && Files.isSameFile(target, model)) {
      throw new UsageException("--out " + target + " is the model itself; name another file.");
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(target.toString(), null, "no such folder to write to; create it first");
    }
    return new LogitsOutput(target, terminal);
  }

  void write(Content content) throws IOException {
    if (target.equals(STANDARD_OUTPUT)) {
      content.writeTo(terminal.out());
      terminal.out().flush();
    } else if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream device = Files.newOutputStream(target)) { // a pipe or device stays what it is
        content.writeTo(device);
      }
    } else {
      writeFile(Files.exists(target) ? target.toRealPath() : target, content);
    }
  }

  private static void writeFile(Path file, Content content) throws IOException {
    Path part = file.resolveSibling(
        "." + file.getFileName() + "." + Long.toHexString(new SplittableRandom().nextLong()) + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
