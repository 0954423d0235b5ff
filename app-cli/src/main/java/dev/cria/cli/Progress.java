package dev.cria.cli;

import java.io.PrintStream;

/** How far a long command has come: one line on a terminal that is written again and again, and nothing anywhere else. */
final class Progress {

  /*
   * Carriage return and spaces, no escape sequences: it works on every terminal, and has no colours to be switched off by
   * NO_COLOR. A line that wraps could not be taken back, so it is kept short of the terminal's last column.
   */
  private static final int COLUMNS = 40; // where the terminal does not say
  private static final int BAR = 10;

  private final PrintStream err;
  private final boolean shown;
  private final int room;
  private int written;

  /**
   * Nothing is written yet.
   *
   * @param shown whether a person sees it
   * @param columns of the terminal
   */
  Progress(PrintStream err, boolean shown, int columns) {
    this.err = err;
    this.shown = shown;
    this.room = columns - 1;
  }

  static Progress of(Terminal terminal) {
    String columns = terminal.environment().getOrDefault("COLUMNS", "");
    return new Progress(terminal.err(), StandardError.isTerminal(),
        columns.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(columns) : COLUMNS);
  }

  /** Shows that so many steps of all are done, and what goes on now. */
  void show(long done, long all, String what) {
    if (!shown) {
      return;
    }
    int full = (int) (BAR * done / all);
    String line = "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + what;
    String cut = line.substring(0, Math.min(line.length(), room));
    write(cut + " ".repeat(Math.max(0, written - cut.length())));
    written = cut.length();
  }

  /** Takes the line back. */
  void clear() {
    if (written > 0) {
      write(" ".repeat(written) + "\r");
      written = 0;
    }
  }

  private void write(String line) {
    err.print("\r" + line);
    err.flush();
  }
}
