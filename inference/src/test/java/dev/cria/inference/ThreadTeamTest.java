package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.kernel.ScratchSize;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ThreadTeamTest {

  private static final ScratchSize SCRATCH = new ScratchSize(8, 128);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8}) void run_manyTasks_everyWorkerRunsEachOnce(int count) {
    AtomicIntegerArray runs = new AtomicIntegerArray(count);
    try (ThreadTeam team = new ThreadTeam(count, SCRATCH)) {
      for (int task = 0; task < 1000; task++) {
        team.run(worker -> runs.incrementAndGet(worker.index()));
      }
    }
    for (int index = 0; index < count; index++) {
      assertThat(runs.get(index)).as("runs of worker %d", index).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8}) void barrier_betweenPhases_makesAllEarlierWritesVisible(int count) {
    int[] phaseOf = new int[count]; // plain writes: the barrier alone orders them
    try (ThreadTeam team = new ThreadTeam(count, SCRATCH)) {
      team.run(worker -> {
        for (int phase = 1; phase <= 2000; phase++) {
          phaseOf[worker.index()] = phase;
          worker.barrier();
          for (int other = 0; other < count; other++) {
            if (phaseOf[other] != phase) {
              throw new IllegalStateException(
                  "worker " + worker.index() + " saw " + phaseOf[other] + " of " + other + " in phase " + phase);
            }
          }
          worker.barrier();
        }
      });
    }
    assertThat(phaseOf).containsOnly(2000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8}) void draw_inEachPhase_dealsEveryUnitToOneWorker(int count) {
    int units = 100;
    int phases = 20;
    AtomicIntegerArray dealt = new AtomicIntegerArray(units);
    try (ThreadTeam team = new ThreadTeam(count, SCRATCH)) {
      for (int task = 0; task < 20; task++) {
        team.run(worker -> {
          for (int phase = 0; phase < phases; phase++) {
            for (int unit = worker.draw(); unit < units; unit = worker.draw()) {
              dealt.incrementAndGet(unit);
            }
            if (phase < phases - 1) { // a task ends without
              worker.barrier();
            }
          }
        });
      }
    }
    for (int unit = 0; unit < units; unit++) {
      assertThat(dealt.get(unit)).as("unit %d", unit).isEqualTo(20 * phases);
    }
  }

  @Test void run_afterWorkersParked_wakesThem() throws InterruptedException {
    AtomicIntegerArray runs = new AtomicIntegerArray(3);
    try (ThreadTeam team = new ThreadTeam(3, SCRATCH)) {
      team.run(worker -> runs.incrementAndGet(worker.index()));
      awaitParked();
      team.run(worker -> runs.incrementAndGet(worker.index()));
    }
    assertThat(new int[]{runs.get(0), runs.get(1), runs.get(2)}).containsOnly(2);
  }

  private static void awaitParked() throws InterruptedException {
    while (Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("cria-worker-"))
        .anyMatch(t -> t.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4}) void run_taskThatThrowsInOneWorker_isRethrownAndTheTeamGoesOn(int count) {
    try (ThreadTeam team = new ThreadTeam(count, SCRATCH)) {
      for (int repeat = 0; repeat < 50; repeat++) {
        assertThatThrownBy(() -> team.run(worker -> {
          if (worker.index() == count - 1) {
            throw new IllegalArgumentException("planted");
          }
          worker.barrier(); // the others wait for one that never comes
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("planted");

        Set<Integer> ran = ConcurrentHashMap.newKeySet();
        team.run(worker -> {
          worker.barrier();
          ran.add(worker.index());
        });
        assertThat(ran).as("workers that ran after failure %d", repeat).hasSize(count);
      }
    }
  }

  @Test void workers_haveScratchOfTheirOwnAndOneInCommon() {
    try (ThreadTeam team = new ThreadTeam(4, SCRATCH)) {
      Set<float[]> own = ConcurrentHashMap.newKeySet();
      Set<Long> shared = ConcurrentHashMap.newKeySet();
      team.run(worker -> {
        own.add(worker.scratch());
        shared.add(worker.sharedScratch().address());
      });
      assertThat(own).hasSize(4).allSatisfy(scratch -> assertThat(scratch).hasSize(8));
      assertThat(shared).hasSize(1).allSatisfy(address -> assertThat(address % 64).isZero());
    }
  }

  @Test void close_endsTheThreads_andRefusesMoreWork() {
    ThreadTeam team = new ThreadTeam(3, SCRATCH);
    team.run(worker -> {});
    team.close();
    team.close();

    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().startsWith("cria-worker-"));
    assertThatIllegalStateException().isThrownBy(() -> team.run(worker -> {})).withMessage("the team is closed");
  }

  @Test void constructor_withoutWorkers_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ThreadTeam(0, SCRATCH))
        .withMessage("threads must be at least 1, got 0");
  }
}
