package dev.cria.conformance;

import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few real threads that run one operation together, at once or one at a time.
 *
 * <p>One at a time, worker 0 runs to its first barrier or its end, then worker 1, and so on, then again from there: the
 * outcome is the same at every run, and who wrote what is known. A barrier never hangs: where a worker has thrown, or has
 * ended without it, all that wait are thrown out. Units that are drawn go round when workers take turns, since the first would
 * get all of them.
 */
final class Team {

  private static final long PATIENCE_SECONDS = 120;

  /** What each worker does. */
  interface Task {
    void run(Worker worker);
  }

  /** Is told who runs when workers take turns. */
  interface Turns {
    void starts(int worker);

    void ends(int worker);

    /** All workers are at a barrier, or have ended. */
    void phaseEnds();
  }

  private static final class BrokenTeamException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record Member(Team team, int index, int count, float[] scratch, MemorySegment sharedScratch)
      implements
        Worker {
    @Override public void barrier() {
      team.barrier(index);
    }

    @Override public int draw() {
      return team.draw(index);
    }
  }

  private final int count;
  private final @Nullable Turns turns;
  private final int[] drawn; // units since the last barrier: by each worker in turns, by all at once in the first
  private int turn;
  private int waiting;
  private int ended;
  private long phase;
  private @Nullable Throwable failure;

  private Team(int count, @Nullable Turns turns) {
    this.count = count;
    this.turns = turns;
    this.drawn = new int[count];
  }

  /** Runs a task on all workers at once, and rethrows what the first that fails throws. */
  static void runAtOnce(Scratch scratch, Task task) {
    new Team(scratch.workers(), null).run(scratch, task);
  }

  /** Runs a task on all workers, one at a time, and rethrows what the first that fails throws. */
  static void runInTurns(Scratch scratch, Turns turns, Task task) {
    new Team(scratch.workers(), turns).run(scratch, task);
  }

  private void run(Scratch scratch, Task task) {
    if (count == 1) {
      runMember(new Member(this, 0, 1, scratch.own(0), scratch.shared()), task);
    } else {
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < count; w++) {
        Member member = new Member(this, w, count, scratch.own(w), scratch.shared());
        threads.add(Thread.ofPlatform().daemon().name("conformance-" + w).start(() -> runMember(member, task)));
      }
      threads.forEach(this::join);
    }
    rethrow();
  }

  @SuppressWarnings("CatchAndPrintStackTrace") private void runMember(Member member, Task task) {
    try {
      begin(member.index());
      task.run(member);
      end(member.index());
    } catch (BrokenTeamException e) {
      // another worker has failed, and run() tells of it
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void join(Thread thread) {
    try {
      if (!thread.join(Duration.ofSeconds(PATIENCE_SECONDS))) {
        fail(new AssertionError(thread.getName() + " has not come back for "
            + TimeUnit.SECONDS.toMinutes(PATIENCE_SECONDS) + " minutes"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new AssertionError("interrupted while waiting for " + thread.getName(), e));
    }
  }

  private synchronized void begin(int worker) {
    if (turns != null) {
      awaitTurn(worker);
    }
  }

  private synchronized void barrier(int worker) {
    if (ended > 0) {
      fail(new AssertionError("worker " + worker + " waits at a barrier that another worker of " + count
          + " never came to; all must meet every barrier, on every path"));
    }
    waiting++;
    long now = phase;
    passOn(worker);
    if (waiting == count) {
      waiting = 0;
      phase++;
      nextPhase();
    }
    while (phase == now && failure == null) {
      pause();
    }
    begin(worker);
    if (failure != null) {
      throw new BrokenTeamException();
    }
  }

  private synchronized void end(int worker) {
    ended++;
    if (waiting > 0) {
      fail(new AssertionError("worker " + worker + " of " + count
          + " ended while others wait at a barrier; all must meet every barrier, on every path"));
    }
    passOn(worker);
    if (ended == count) {
      nextPhase();
    }
  }

  private synchronized int draw(int worker) {
    return turns == null ? drawn[0]++ : drawn[worker]++ * count + worker;
  }

  private void passOn(int worker) {
    turn = worker + 1;
    if (turns != null) {
      turns.ends(worker);
    }
    notifyAll();
  }

  private void nextPhase() {
    turn = 0;
    Arrays.fill(drawn, 0);
    if (turns != null) {
      turns.phaseEnds();
    }
    notifyAll();
  }

  private void awaitTurn(int worker) {
    while (turn != worker && failure == null) {
      pause();
    }
    if (failure != null) {
      throw new BrokenTeamException();
    }
    if (turns != null) {
      turns.starts(worker);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // every caller loops
  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("a worker was interrupted", e);
    }
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  private synchronized void rethrow() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
