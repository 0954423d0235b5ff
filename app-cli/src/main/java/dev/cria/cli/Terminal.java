package dev.cria.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the process is connected to: its streams, its environment, the folder it works in.
 *
 * @param in standard input
 * @param out standard output: results
 * @param err standard error: figures, notes and messages
 * @param environment variables by name
 * @param folder the working folder
 * @param interactive whether somebody types and reads: both standard input and output are a terminal
 * @param styled whether that terminal shows bold letters
 */
record Terminal(InputStream in, StandardOutput out, PrintStream err, Map<String, String> environment, Path folder,
    boolean interactive, boolean styled) {

  private static final int WIDTH = 80;
  private static final int LEAST_WIDTH = 55; // of picocli's two columns

  /** Columns to write help in: what COLUMNS says, but no more than a comfortable line. */
  int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (!columns.matches("[0-9]{1,6}")) {
      return WIDTH;
    }
    return Math.clamp(Integer.parseInt(columns), LEAST_WIDTH, WIDTH);
  }

  /** All of standard input, as text. */
  String read() throws IOException {
    return Utf8.decode("standard input", readBytes());
  }

  /** All of standard input, as bytes. */
  byte[] readBytes() throws IOException {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /** Text that a terminal shows and does not obey: names in a file may hold control characters. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cc}", "?");
  }

  /** Says one line on standard error. */
  void say(String line) {
    err.println(line);
  }
}
