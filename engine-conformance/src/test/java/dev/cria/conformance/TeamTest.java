package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ScratchSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TeamTest {

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final FloatMatrix out = new Samples(1).matrix(1, 3);
  private final Team.Turns turns = new Team.Turns() {
    @Override public void starts(int worker) {
      log.add("starts " + worker);
    }

    @Override public void ends(int worker) {
      log.add("ends " + worker);
    }

    @Override public void phaseEnds() {
      log.add("phase");
    }
  };

  @Test void turns_withABarrier_goRoundTwice() {
    Team.runInTurns(scratch(2), turns, worker -> worker.barrier());
    assertThat(log).containsExactly("starts 0", "ends 0", "starts 1", "ends 1", "phase", "starts 0", "ends 0",
        "starts 1", "ends 1", "phase");
  }

  @Test void barrier_leftOutByOne_failsWhetherAtOnceOrInTurns() {
    for (int lonely = 0; lonely < 3; lonely++) {
      int index = lonely;
      Team.Task task = worker -> {
        if (worker.index() == index) {
          worker.barrier();
        }
      };
      assertThatThrownBy(() -> Team.runInTurns(scratch(3), turns, task)).as("worker %d in turns", lonely)
          .isInstanceOf(AssertionError.class).hasMessageContaining("all must meet every barrier");
      assertThatThrownBy(() -> Team.runAtOnce(scratch(3), task)).as("worker %d at once", lonely)
          .isInstanceOf(AssertionError.class).hasMessageContaining("all must meet every barrier");
    }
  }

  @Test void draw_inEachPhase_dealsEveryUnitOnceAndToAllInTurns() {
    List<String> dealt = Collections.synchronizedList(new ArrayList<>());
    Team.Task task = worker -> {
      for (int phase = 0; phase < 2; phase++) {
        for (int unit = worker.draw(); unit < 5; unit = worker.draw()) {
          dealt.add(phase + ":" + unit + "@" + worker.index());
        }
        worker.barrier();
      }
    };
    Team.runInTurns(scratch(2), turns, task);
    assertThat(dealt).containsExactly("0:0@0", "0:2@0", "0:4@0", "0:1@1", "0:3@1", "1:0@0", "1:2@0", "1:4@0", "1:1@1",
        "1:3@1");
    dealt.clear();
    Team.runAtOnce(scratch(3), task);
    assertThat(dealt).extracting(unit -> unit.replaceAll("@.*", "")).containsExactlyInAnyOrder("0:0", "0:1", "0:2",
        "0:3", "0:4", "1:0", "1:1", "1:2", "1:3", "1:4");
  }

  @Test void failure_ofOneWorker_freesThoseAtTheBarrier() {
    Team.Task task = worker -> {
      if (worker.index() == 1) {
        throw new IllegalArgumentException("worker 1 gives up");
      }
      worker.barrier();
    };
    assertThatThrownBy(() -> Team.runAtOnce(scratch(3), task)).hasMessage("worker 1 gives up");
    assertThatThrownBy(() -> Team.runInTurns(scratch(3), turns, task)).hasMessage("worker 1 gives up");
  }

  @Test void share_thatTwoWorkersWrite_isAConflictEvenWithTheRightValue() {
    ShareWatch watch = new ShareWatch(List.of(Output.of("out", out)), scratch(2).shared());
    Team.runInTurns(scratch(2), watch, worker -> {
      out.data()[out.index(0) + worker.index()] = 4;
      out.data()[out.index(0) + 2] = 5;
    });
    assertThat(watch.conflicts()).containsExactly("out[0][2]: workers 0 and 1");
    assertThat(out.data()[out.index(0)]).as("what worker 0 wrote is kept").isEqualTo(4);
  }

  @Test void share_thatTwoWorkersWriteOnBothSidesOfABarrier_isNoConflict() {
    ShareWatch watch = new ShareWatch(List.of(Output.of("out", out)), scratch(2).shared());
    Team.runInTurns(scratch(2), watch, worker -> {
      out.data()[out.index(0) + worker.index()] = 4;
      worker.barrier();
      out.data()[out.index(0) + 1 - worker.index()] += 1;
    });
    assertThat(watch.conflicts()).isEmpty();
    assertThat(out.data()[out.index(0)]).as("both wrote it, one after the other").isEqualTo(5);
  }

  private static Scratch scratch(int workers) {
    return new Scratch(ScratchSize.NONE, workers, Float.NaN);
  }
}
