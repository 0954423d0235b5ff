package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.ScratchSize;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class OneOrAllTest {

  private static final ScratchSize SCRATCH = new ScratchSize(7, 64);

  @Test void run_untilTheTimeIsSpent_isOneWorkerWithScratchOfItsOwn() {
    var workers = new ConcurrentLinkedQueue<Integer>();
    try (ThreadTeam team = new ThreadTeam(3, SCRATCH);
        OneOrAll start = new OneOrAll(team, Duration.ofHours(1), SCRATCH)) {
      for (int i = 0; i < 5; i++) {
        start.run(worker -> {
          assertThat(worker.scratch()).hasSize(7);
          assertThat(worker.sharedScratch().byteSize()).isEqualTo(64);
          workers.add(worker.count());
          worker.barrier();
        }, true);
      }
    }
    assertThat(workers).containsExactly(1, 1, 1, 1, 1);
  }

  @Test void run_afterThat_isTheTeam() {
    var workers = new ConcurrentLinkedQueue<Integer>();
    try (ThreadTeam team = new ThreadTeam(3, SCRATCH);
        OneOrAll start = new OneOrAll(team, Duration.ofNanos(1), SCRATCH)) {
      for (int i = 0; i < 2; i++) {
        start.run(worker -> workers.add(worker.count()), true);
      }
    }
    assertThat(workers).containsExactly(1, 3, 3, 3);
  }

  @Test void run_noTimeAlone_isTheTeamFromTheBeginning() {
    var workers = new ConcurrentLinkedQueue<Integer>();
    try (ThreadTeam team = new ThreadTeam(2, SCRATCH);
        OneOrAll start = new OneOrAll(team, Duration.ZERO, SCRATCH)) {
      start.run(worker -> workers.add(worker.count()), true);
    }
    assertThat(workers).containsExactly(2, 2);
  }

  @Test void run_tooLittleToShare_isOneWorkerWithScratchOfItsOwn() {
    var workers = new ConcurrentLinkedQueue<Integer>();
    try (ThreadTeam team = new ThreadTeam(2, SCRATCH);
        OneOrAll start = new OneOrAll(team, Duration.ZERO, SCRATCH)) {
      for (boolean worthSharing : new boolean[]{false, true, false}) {
        start.run(worker -> {
          assertThat(worker.scratch()).hasSize(7);
          workers.add(worker.count());
          worker.barrier();
        }, worthSharing);
      }
    }
    assertThat(workers).containsExactly(1, 2, 2, 1);
  }
}
