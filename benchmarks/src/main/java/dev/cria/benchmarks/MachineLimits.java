package dev.cria.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what bounds every kernel on this machine, in the language of the kernels: how fast memory can be read, and how many F32
 * operations the cores can do; with one thread and with all.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=MachineLimits
 * }</pre>
 *
 * <p>A figure is the best of many passes, since a limit is what nothing exceeds. It holds for F32 and for vectors as wide as the
 * JVM prefers; on a shared machine it changes from minute to minute, so measure it in the run whose results it explains.
 */
public final class MachineLimits {

  private static final long BUFFER = 512L << 20; // much larger than the caches
  private static final long CHUNK = 1 << 20; // read by one call, so that C2 compiles the loop as a method
  private static final int READ_PASSES = 15;
  private static final int STEPS = 50_000;
  private static final int CALLS = 20;
  private static final int ARITHMETIC_PASSES = 40;

  private final int threads;
  private final ExecutorService workers;

  private MachineLimits(int threads, ExecutorService workers) {
    this.threads = threads;
    this.workers = workers;
  }

  /** Prints a Markdown table. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("MachineLimits", () -> System.out.print(table(ofOneAndAll())));
  }

  /** The limits of one thread and, where there are more processors, of all. */
  static List<Limits> ofOneAndAll() throws InterruptedException {
    List<Limits> limits = new ArrayList<>(List.of(of(1)));
    int processors = Runtime.getRuntime().availableProcessors();
    if (processors > 1) {
      limits.add(of(processors));
    }
    return limits;
  }

  /** The limits of that many threads: takes about two seconds. */
  static Limits of(int threads) throws InterruptedException {
    return of(threads, BUFFER);
  }

  /** The same with a buffer of another size in bytes, which is shared out among the threads. */
  static Limits of(int threads, long buffer) throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      MachineLimits limits = new MachineLimits(threads, workers);
      return new Limits(threads, limits.bytesPerSecond(buffer), limits.flopPerSecond());
    }
  }

  static String table(List<Limits> limits) {
    MarkdownTable table = new MarkdownTable(List.of("threads", "memory read, GB/s", "F32, GFLOP/s"));
    for (Limits of : limits) {
      table.row(List.of(Integer.toString(of.threads()), MarkdownTable.cell("%.1f", of.bytesPerSecond() / 1e9),
          MarkdownTable.cell("%.1f", of.flopPerSecond() / 1e9)));
    }
    return table.toString();
  }

  private double bytesPerSecond(long buffer) throws InterruptedException {
    long share = buffer / threads / CHUNK * CHUNK;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(share * threads, Memory.ALIGNMENT);
      memory.fill((byte) 0); // pages that nobody has written are all the same one
      List<Callable<Float>> readers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        long from = thread * share;
        readers.add(() -> read(memory, from, from + share));
      }
      return best(READ_PASSES, memory.byteSize(), readers);
    }
  }

  private static float read(MemorySegment memory, long from, long to) {
    float sum = 0;
    for (long at = from; at < to; at += CHUNK) {
      sum += Peak.sum(memory, at, at + CHUNK);
    }
    return sum;
  }

  private double flopPerSecond() throws InterruptedException {
    List<Callable<Float>> workers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      float x = 0.5f / (thread + 1);
      workers.add(() -> multiplyAdd(x));
    }
    return best(ARITHMETIC_PASSES, threads * Peak.flop(STEPS) * CALLS, workers);
  }

  private static float multiplyAdd(float x) {
    float sum = 0;
    for (int call = 0; call < CALLS; call++) {
      sum += Peak.multiplyAdd(STEPS, x);
    }
    return sum;
  }

  /** Amount per second in the fastest of that many passes. */
  private double best(int passes, long amount, List<Callable<Float>> tasks) throws InterruptedException {
    double best = 0;
    for (int pass = 0; pass < passes; pass++) {
      long start = System.nanoTime();
      List<Future<Float>> results = workers.invokeAll(tasks);
      double seconds = (System.nanoTime() - start) / 1e9;
      for (Future<Float> result : results) {
        requireFinite(result);
      }
      best = Math.max(best, amount / seconds);
    }
    return best;
  }

  /** Whoever looks at the result keeps the compiler from leaving out the work. */
  private static void requireFinite(Future<Float> result) throws InterruptedException {
    try {
      if (!Float.isFinite(result.get())) {
        throw new IllegalStateException("the loop that measures the machine gave " + result.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the loop that measures the machine failed", e);
    }
  }
}
