package dev.cria.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** A program that generates text and says how fast it was; it runs in a folder, and has no input. */
record ExternalCommand(String name, List<String> words, Path folder) {

  private static final int LOOK_MILLIS = 10;
  private static final double MILLI = 1e6; // nanoseconds
  private static final Path PROC = Path.of("/proc");

  /**
   * What one run gave.
   *
   * @param rate what it printed, in tokens per second
   * @param millis the whole process by wall clock
   * @param firstByteMillis until the first byte on standard output; NaN if there was none
   * @param peakBytes the most memory that it was seen to hold; NaN where the system does not say
   */
  record Run(double rate, double millis, double firstByteMillis, double peakBytes) {}

  /** Runs it once, to the end. */
  Run run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = start();
    try {
      process.getOutputStream().close();
      ProcessOutput out = ProcessOutput.of(process.getInputStream());
      ProcessOutput err = ProcessOutput.of(process.getErrorStream());
      PeakMemory memory = new PeakMemory(PROC);
      do {
        memory.look(process.pid());
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      double millis = (System.nanoTime() - start) / MILLI;
      double rate = rate(process.exitValue(), out.text(), err.text());
      return new Run(rate, millis, (out.firstByteNanos() - start) / MILLI, memory.bytes());
    } finally {
      process.destroy();
    }
  }

  private Process start() throws IOException {
    try {
      return new ProcessBuilder(words).directory(folder.toAbsolutePath().toFile()).start();
    } catch (IOException e) {
      throw new CommandFailedException(this, "cannot be started: " + e.getMessage(), "");
    }
  }

  /** Looks at standard error first: there is nothing but figures there, while a text may talk of tokens per second. */
  private double rate(int exitCode, String out, String err) throws CommandFailedException {
    if (exitCode != 0) {
      throw new CommandFailedException(this, "failed with exit code " + exitCode, out + "\n" + err);
    }
    OptionalDouble rate = PrintedRate.in(err);
    if (rate.isEmpty()) {
      rate = PrintedRate.in(out);
    }
    return rate.orElseThrow(() -> new CommandFailedException(
        this, "printed no rate; wanted something like '123.4 tok/s' or 'tok/s: 123.4'", out + "\n" + err));
  }
}
