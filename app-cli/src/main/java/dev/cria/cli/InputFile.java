package dev.cria.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of text or numbers that the command line names. */
final class InputFile {

  private InputFile() {}

  /**
   * All of its bytes.
   *
   * @throws IOException if it cannot be read; the message names it
   */
  static byte[] read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a folder; name a file in it");
    }
    return Files.readAllBytes(path);
  }
}
