package dev.cria.benchmarks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs for tests, as scripts of the shell. */
final class Scripts {

  private static final Path SHELL = Path.of("/bin/sh");

  private Scripts() {}

  /** Writes a script to a folder and returns the command that runs it; skips the test where there is no shell. */
  static String script(Path folder, String name, String body) throws IOException {
    assumeTrue(Files.isExecutable(SHELL), "no " + SHELL + " here to run scripts in place of other programs");
    Path file = folder.resolve(name);
    Files.writeString(file, body + "\n");
    return SHELL + " '" + file + "'";
  }
}
