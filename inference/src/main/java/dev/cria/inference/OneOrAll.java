package dev.cria.inference;

import dev.cria.api.kernel.ScratchSize;
import java.time.Duration;

/**
 * Runs tasks on one worker, at first and where there is too little to share, or else on a whole team.
 *
 * <p>The results are the same: no bit depends on the number of workers.
 */
final class OneOrAll implements AutoCloseable {

  private final ThreadTeam team;
  private final ThreadTeam alone;
  private long nanosLeft;

  /** Starts with one worker for so long, in time spent running; the caller closes the team. */
  OneOrAll(ThreadTeam team, Duration alone, ScratchSize scratch) {
    this.team = team;
    this.nanosLeft = alone.toNanos();
    this.alone = new ThreadTeam(1, team.count() > 1 ? scratch : ScratchSize.NONE);
  }

  /** Runs a task; on one worker where it is not worth sharing. */
  void run(ThreadTeam.Task task, boolean worthSharing) {
    if (team.count() == 1 || (worthSharing && nanosLeft <= 0)) {
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
