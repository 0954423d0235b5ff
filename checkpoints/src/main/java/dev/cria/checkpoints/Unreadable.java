package dev.cria.checkpoints;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Gives a refusal by the operating system the words that it lacks. */
final class Unreadable {

  /** Something that reads a file. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  private Unreadable() {}

  static <T> T explain(Path path, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (AccessDeniedException e) {
      var explained = new AccessDeniedException(path.toString(), null,
          "permission denied; make it readable for you, as with chmod +r");
      explained.initCause(e);
      throw explained;
    }
  }
}
