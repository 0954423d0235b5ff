package dev.cria.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Map;

/** The entry point of {@code cria}. */
final class Main {

  private Main() {}

  static void main(String[] args) {
    StandardError.connect();
    System.exit(execute(args));
  }

  /** Runs one command on the terminal of this process, and gives its exit code. */
  static int execute(String... args) {
    return CommandLines.execute(terminal(), args);
  }

  private static Terminal terminal() {
    Map<String, String> environment = System.getenv();
    return new Terminal(System.in, new StandardOutput(new FileOutputStream(FileDescriptor.out)), System.err,
        environment, Path.of(""), isInteractive(), isStyled(environment));
  }

  /** See <a href="https://no-color.org">no-color.org</a>. */
  private static boolean isStyled(Map<String, String> environment) {
    return isInteractive() && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  @SuppressWarnings("SystemConsoleNull") // its contract still allows null
  private static boolean isInteractive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
