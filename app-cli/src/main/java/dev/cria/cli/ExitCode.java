package dev.cria.cli;

/** The exit codes of {@code cria}. */
final class ExitCode {

  static final int SUCCESS = 0;
  /** A file is bad, or something failed. */
  static final int FAILURE = 1;
  /** The command line is wrong. */
  static final int USAGE = 2;
  /** Ended by Ctrl-C: 128 and the number of SIGINT, as shells have it. */
  static final int INTERRUPTED = 130;
  /** Nobody reads standard output any more: 128 and the number of SIGPIPE, as of any program that such a pipe ends. */
  static final int CLOSED_PIPE = 141;

  private ExitCode() {}
}
