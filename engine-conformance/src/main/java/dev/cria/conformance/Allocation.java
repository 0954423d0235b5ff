package dev.cria.conformance;

import com.sun.management.ThreadMXBean;
import dev.cria.api.kernel.Worker;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Counts the bytes that threads allocate on the heap while they repeat a call together. */
final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BATCH = 25;
  private static final int QUIET_BATCHES = 4;

  /*
   * Until C2 has compiled it, code that allocates nothing later may allocate: vectors and memory segments are objects
   * until then. So there is no fixed warm-up, but a bound that no compilation needs.
   */
  private static final int MOST_CALLS = 20_000;
  private static final long LEAST_NANOSECONDS = 15_000_000_000L;

  private final long start = System.nanoTime();
  private final long[] bytes;
  private int quiet;
  private int calls;
  private boolean enough;

  private Allocation(int threads) {
    bytes = new long[threads];
  }

  /** Repeats a call on this thread until it has allocated nothing for a while, and fails where that does not come. */
  static void assertStops(Runnable call) {
    Allocation allocation = new Allocation(1);
    while (!allocation.enough) {
      allocation.bytes[0] = measure(call);
      allocation.decide();
    }
    allocation.assertQuiet();
  }

  /** The same for a team: all its workers repeat the call until none allocates. */
  static void assertStops(Scratch scratch, Team.Task call) {
    Allocation allocation = new Allocation(scratch.workers());
    Team.runAtOnce(scratch, worker -> allocation.repeat(worker, () -> {
      call.run(worker);
      worker.barrier();
    }));
    allocation.assertQuiet();
  }

  /** The bytes that this thread allocates in one call. */
  static long measureOnce(Runnable call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    call.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private void repeat(Worker worker, Runnable call) {
    while (!enough) {
      bytes[worker.index()] = measure(call);
      worker.barrier();
      if (worker.index() == 0) {
        decide();
      }
      worker.barrier();
    }
  }

  private void decide() {
    calls += BATCH;
    quiet = Arrays.stream(bytes).sum() == 0 ? quiet + 1 : 0;
    enough = quiet == QUIET_BATCHES || (calls >= MOST_CALLS && System.nanoTime() - start > LEAST_NANOSECONDS);
  }

  private void assertQuiet() {
    if (quiet < QUIET_BATCHES) {
      throw new AssertionError("still allocates %d bytes a call after %d calls"
          .formatted(Arrays.stream(bytes).max().orElseThrow() / BATCH, calls));
    }
  }

  private static long measure(Runnable call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < BATCH; i++) {
      call.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
