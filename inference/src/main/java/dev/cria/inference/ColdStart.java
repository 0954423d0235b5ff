package dev.cria.inference;

import dev.cria.api.kernel.ScratchSize;
import java.time.Duration;

/**
 * Runs tasks on one worker at first, then on a whole team.
 *
 * <p>The results are the same: no bit depends on the number of workers.
 */
final class ColdStart implements AutoCloseable {

  private final ThreadTeam team;
  private final ThreadTeam alone;
  private long nanosLeft;

  /** Starts with one worker for so long, in time spent running; the caller closes the team. */
  ColdStart(ThreadTeam team, Duration alone, ScratchSize scratch) {
    this.team = team;
    this.nanosLeft = team.count() > 1 ? alone.toNanos() : 0;
    this.alone = new ThreadTeam(1, nanosLeft > 0 ? scratch : ScratchSize.NONE);
  }

  void run(ThreadTeam.Task task) {
    if (nanosLeft <= 0) {
      team.run(task);
      return;
    }
    long began = System.nanoTime();
    alone.run(task);
    nanosLeft -= System.nanoTime() - began;
  }

  @Override public void close() {
    alone.close();
  }
}
