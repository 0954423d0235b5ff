package dev.cria.cli;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Repeats something until it is compiled. */
final class WarmUp {

  /*
   * The JVM says how long its compilers have worked. A round, half a second at least, in which they worked for less than a
   * fiftieth of the time has met little but compiled code. A compiler that has something to do for longer than that, as with
   * a plugin that makes classes all the time, is not waited for.
   */
  private static final long ROUND_NANOS = 500_000_000L;
  private static final long PATIENCE_NANOS = 15_000_000_000L;
  private static final double QUIET = 0.02;

  private final LongSupplier clock;
  private final LongSupplier compilation;

  /**
   * A warm-up by those clocks.
   *
   * @param clock nanoseconds that have passed
   * @param compilation nanoseconds that the compilers have worked
   */
  WarmUp(LongSupplier clock, LongSupplier compilation) {
    this.clock = clock;
    this.compilation = compilation;
  }

  /** A warm-up by the clocks of this JVM; one that does not compile needs one round. */
  static WarmUp ofThisJvm() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return new WarmUp(System::nanoTime, compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? () -> compiler.getTotalCompilationTime() * 1_000_000
        : () -> 0);
  }

  /** Runs it once at least. */
  void run(Runnable task) {
    long began = clock.getAsLong();
    double busy;
    do {
      busy = round(task);
    } while (busy > QUIET && clock.getAsLong() - began < PATIENCE_NANOS);
  }

  /** Runs it for a while and tells what share of the time was spent compiling. */
  private double round(Runnable task) {
    long began = clock.getAsLong();
    long compiled = compilation.getAsLong();
    do {
      task.run();
    } while (clock.getAsLong() - began < ROUND_NANOS);
    return (double) (compilation.getAsLong() - compiled) / (clock.getAsLong() - began);
  }
}
