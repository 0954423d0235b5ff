package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every operation must do, whoever computes it, in however many parts. */
abstract class WorkerTests extends ExpTests {

  private static final int[] TEAMS = {2, 3, 4, 8};

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_byAnyNumberOfWorkers_givesTheSameBits(Operation operation) {
    for (Case c : operation.cases(bench())) {
      List<int[]> alone = bench().outcome(c, 1, Float.NaN);
      for (int workers : TEAMS) {
        assertSame(c, bench().outcome(c, workers, Float.NaN), alone, "what one worker computes");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_byThreadsAtOnce_givesTheSameBits(Operation operation) {
    for (Case c : operation.cases(bench())) {
      List<int[]> alone = bench().outcome(c, 1, Float.NaN);
      for (int workers : TEAMS) {
        c.outputs().forEach(output -> output.memory().reset());
        Scratch scratch = bench().scratch(c.limits(workers), Float.NaN);
        Team.runAtOnce(scratch, worker -> c.run(kernel(), worker));
        assertSame(c, bench().words(c), alone, "what one worker computes");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_ofEachWorker_writesItsOwnShareAlone(Operation operation) {
    for (Case c : operation.cases(bench())) {
      for (int workers : TEAMS) {
        c.outputs().forEach(output -> output.memory().reset());
        Scratch scratch = bench().scratch(c.limits(workers), Float.NaN);
        ShareWatch watch = new ShareWatch(c.outputs(), scratch.shared());
        Team.runInTurns(scratch, watch, worker -> c.run(kernel(), worker));
        assertThat(watch.conflicts()).as("words that two of %d workers wrote between two barriers", workers).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_ofOneRowOrMany_givesTheSameBits(Operation operation) {
    for (Case c : operation.cases(bench())) {
      List<int[]> together = bench().outcome(c, 1, Float.NaN);
      c.outputs().forEach(output -> output.memory().reset());
      for (int row = 0; row < c.rows(); row++) {
        bench().continueWith(c.row(row), 1, Float.NaN);
      }
      assertSame(c, bench().words(c), together, "the whole batch");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_repeatedWithOtherRubbishInScratch_givesTheSameBits(Operation operation) {
    for (Case c : operation.cases(bench())) {
      for (int workers : new int[]{1, 3}) {
        List<int[]> first = bench().outcome(c, workers, Float.NaN);
        assertSame(c, bench().outcome(c, workers, Float.NaN), first, "the first run");
        assertSame(c, bench().outcome(c, workers, 0.125f), first, "the first run");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_bySeveralWorkers_writesNothingBesidesItsOutput(Operation operation) {
    for (Case c : operation.cases(bench())) {
      for (int workers : new int[]{1, 3}) {
        List<int[]> outcome = bench().outcome(c, workers, Float.NaN);
        for (int o = 0; o < outcome.size(); o++) {
          Comparison.assertCanariesIntact(c.outputs().get(o), outcome.get(o));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_bySeveralWorkers_leavesItsOperands(Operation operation) {
    for (Case c : operation.cases(bench())) {
      List<int[]> before = c.inputs().stream().map(Memory::words).toList();
      for (int workers : new int[]{1, 3}) {
        bench().outcome(c, workers, Float.NaN);
        bench().assertInputsUnchanged(c, before);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource void operation_inSteadyState_allocatesNothing(Operation operation) {
    for (Case c : operation.cases(bench())) {
      for (int workers : new int[]{1, 2}) {
        Scratch scratch = bench().scratch(c.limits(workers), 0.125f);
        Allocation.assertStops(scratch, worker -> c.run(kernel(), worker));
      }
    }
  }

  private static void assertSame(Case c, List<int[]> actual, List<int[]> wanted, String source) {
    for (int o = 0; o < actual.size(); o++) {
      Comparison.assertSameBits(c.outputs().get(o), actual.get(o), wanted.get(o), source);
    }
  }
}
