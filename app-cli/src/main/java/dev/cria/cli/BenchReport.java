package dev.cria.cli;

/**
 * Results on standard output as they come, and between them, on a terminal, how far it has come.
 *
 * <p>May be closed at any moment by another thread: then the output is whole as far as it goes, and nothing follows.
 */
final class BenchReport implements AutoCloseable {

  private final StandardOutput out;
  private final BenchFormat format;
  private final Progress progress;
  private final long steps;
  private long done;
  private boolean closed;

  /**
   * Begins it.
   *
   * @param steps how many there will be
   */
  BenchReport(Terminal terminal, BenchFormat format, BenchModel model, long steps) throws OutputException {
    this.out = terminal.out();
    this.format = format;
    this.progress = Progress.of(terminal);
    this.steps = steps;
    out.print(format.begin(model));
  }

  /** Shows what goes on now. */
  synchronized void show(String what) {
    if (!closed) {
      progress.show(done, steps, what);
    }
  }

  /** A step is done. */
  synchronized void step() {
    done++;
  }

  /** A result is there. */
  synchronized void row(BenchRow row) throws OutputException {
    if (!closed) {
      progress.clear();
      out.print(format.row(row));
    }
  }

  @Override public synchronized void close() throws OutputException {
    if (!closed) {
      closed = true;
      progress.clear();
      out.print(format.end());
    }
  }
}
