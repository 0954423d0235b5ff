package dev.cria.inference;

import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.io.Serial;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that all run the same task, each as one {@link Worker}.
 *
 * <p>The caller of {@link #run} is worker 0; a team of one has no other thread and no synchronisation. Between tasks the
 * threads spin for a moment, then park. Used by one caller at a time; closing ends the threads and frees the scratch.
 */
public final class ThreadTeam implements AutoCloseable {

  /*
   * A barrier is met about sixty times per token, so it spins: a hand-over through the kernel costs more than most
   * operations. It yields after a while, since on a machine with fewer free cores than workers the one that is waited for
   * needs the core. When a worker fails, those that wait at a barrier leave it with an exception of their own.
   */
  private static final int SPINS = 4_000;
  private static final int SPINS_WHEN_CROWDED = 50;
  private static final int ALIGNMENT = 64;

  /** What all workers run. */
  @FunctionalInterface
  public interface Task {
    /** Runs the share of one worker. */
    void run(Worker worker);
  }

  private final int count;
  private final int spinLimit;
  private final Arena arena = Arena.ofShared();
  private final List<Member> members = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger drawn = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile int barrierRound;
  private volatile int taskRound;
  private volatile boolean closed;
  private @Nullable Task task; // written before taskRound, read after it

  /** Starts a team of that many workers, each with scratch memory of that size. */
  public ThreadTeam(int count, ScratchSize scratch) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + count);
    }
    this.count = count;
    this.spinLimit = count <= Runtime.getRuntime().availableProcessors() ? SPINS : SPINS_WHEN_CROWDED;
    MemorySegment shared = arena.allocate(scratch.sharedBytes(), ALIGNMENT);
    for (int index = 0; index < count; index++) {
      members.add(new Member(index, new float[scratch.workerFloats()], shared));
    }
    for (Member member : members.subList(1, count)) {
      threads.add(Thread.ofPlatform().daemon().name("cria-worker-" + member.index).start(() -> serve(member)));
    }
  }

  /** The number of workers. */
  public int count() {
    return count;
  }

  /**
   * Runs a task on all workers and returns when all have finished.
   *
   * @throws RuntimeException what a worker threw; of several, the first
   * @throws IllegalStateException if the team is closed
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one caller at a time
  public void run(Task newTask) {
    if (closed) {
      throw new IllegalStateException("the team is closed");
    }
    if (count == 1) {
      drawn.setPlain(0);
      newTask.run(members.getFirst());
      return;
    }
    task = newTask;
    taskRound++;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    work(members.getFirst());
    for (int spins = 0; finished.get() < count; spins++) {
      pause(spins);
    }
    finished.set(0);
    arrived.set(0);
    drawn.set(0);
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      rethrow(thrown);
    }
  }

  @Override public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    arena.close();
  }

  private void serve(Member member) {
    for (int round = 0; awaitTask(round); round++) {
      work(member);
    }
  }

  /** Waits for the task after that round; false if the team is closed instead. */
  private boolean awaitTask(int round) {
    for (int spins = 0; taskRound == round && !closed; spins++) {
      if (spins < spinLimit) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    return !closed;
  }

  private void work(Member member) {
    try {
      Objects.requireNonNull(task, "no task").run(member);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e); // one that left a barrier finds the failure that it left for
    } finally {
      finished.incrementAndGet();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the last to arrive writes it
  private void barrier() {
    if (count == 1) {
      drawn.setPlain(0);
      return;
    }
    int round = barrierRound;
    if (arrived.incrementAndGet() == count) {
      arrived.set(0);
      drawn.set(0);
      barrierRound = round + 1;
      return;
    }
    for (int spins = 0; barrierRound == round; spins++) {
      if (failure.get() != null) {
        throw new AbandonedException();
      }
      pause(spins);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields only where spinning did not help: somebody else needs the core
  private void pause(int spins) {
    if (spins < spinLimit) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  private static void rethrow(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /** Thrown at a barrier that will never open, since another worker failed. */
  private static final class AbandonedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** One worker of the team. */
  private final class Member implements Worker {

    private final int index;
    private final float[] scratch;
    private final MemorySegment shared;

    private Member(int index, float[] scratch, MemorySegment shared) {
      this.index = index;
      this.scratch = scratch;
      this.shared = shared;
    }

    @Override public int index() {
      return index;
    }

    @Override public int count() {
      return count;
    }

    @Override public void barrier() {
      ThreadTeam.this.barrier();
    }

    @Override public int draw() {
      return drawn.getAndIncrement();
    }

    @Override public float[] scratch() {
      return scratch;
    }

    @Override public MemorySegment sharedScratch() {
      return shared;
    }
  }
}
