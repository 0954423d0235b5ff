package dev.cria.cli;

import java.io.IOException;
import java.io.Serial;
import java.util.Locale;

/** Thrown where standard output cannot be written. */
final class OutputException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  OutputException(IOException cause) {
    super("standard output cannot be written: " + cause.getMessage(), cause);
  }

  /** Whether the reader went away, as {@code head} does: then nobody wants to hear of it. */
  boolean isClosedPipe() {
    // "Broken pipe" on Unix, "The pipe is being closed" on Windows; Java offers nothing but the words
    return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
