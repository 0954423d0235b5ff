package dev.cria.benchmarks;

import dev.cria.api.kernel.KernelUnavailableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** How the programs of this package end: 0, or 2 for usage and 1 for what failed, with one message and no stack trace. */
final class Exit {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** What a program does. */
  interface Body {

    /** Runs it to the end. */
    void run() throws IOException, InterruptedException;
  }

  private Exit() {}

  /** Runs the program of that name, and ends the JVM if it fails. */
  static void after(String program, Body body) throws InterruptedException {
    int code = code(program, body);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs it, says why it failed if it does, and returns the exit code. */
  static int code(String program, Body body) throws InterruptedException {
    try {
      body.run();
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println(program + ": " + e.getMessage());
      return USAGE;
    } catch (NoSuchFileException e) {
      System.err.println(program + ": no such file: " + e.getMessage());
      return FAILED;
    } catch (IOException | KernelUnavailableException e) {
      System.err.println(program + ": " + e.getMessage());
      return FAILED;
    }
  }
}
