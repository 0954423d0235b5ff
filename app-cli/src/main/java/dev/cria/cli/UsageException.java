package dev.cria.cli;

import java.io.Serial;

/** Thrown where the command line asks for what cannot be; the message is a line for the user, and the exit code is 2. */
final class UsageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
