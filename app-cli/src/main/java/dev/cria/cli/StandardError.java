package dev.cria.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.Charset;

/**
 * The standard error of the process.
 *
 * <p>The launcher starts java with a filter on file 2, to keep one warning of the JVM from the terminal, and hands over the
 * real standard error as the file that {@code cria.stderr.fd} names. {@link #connect()} makes {@link System#err} write there:
 * unfiltered, in order with standard output, and to whatever it is, a terminal, a pipe or a file.
 */
final class StandardError {

  private StandardError() {}

  /** Points {@link System#err} at the real standard error; without a launcher it already is. */
  static void connect() {
    Integer file = Integer.getInteger("cria.stderr.fd");
    if (file != null) {
      System.setErr(open(file));
    }
  }

  /** Whether a person reads standard error on a terminal, so that colours and progress make sense. */
  static boolean isTerminal() {
    return Boolean.getBoolean("cria.stderr.tty");
  }

  /* FileDescriptor(int) is private; opening /dev/fd/3 instead would fail on sockets and would write over files. */
  private static PrintStream open(int file) {
    try {
      var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      var out = new FileOutputStream(constructor.newInstance(file));
      return new PrintStream(out, true,
          Charset.forName(System.getProperty("stderr.encoding"), Charset.defaultCharset()));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new IllegalStateException(
          "cria.stderr.fd is " + file
              + ", but java.io is closed; start java with --add-opens java.base/java.io=ALL-UNNAMED",
          e);
    }
  }
}
