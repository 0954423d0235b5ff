package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStepProvider;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kits for samplers must find every fault of the toys, by the tests that are meant for it. */
final class SamplerMutantTest {

  private static final MutantLedger LEDGER = MutantLedger.read("sampler-mutants.txt");

  /** Runs in the engine within the test. */
  static final class StepSubject extends SamplerStepConformance {
    private static ToyStep.Fault fault = ToyStep.Fault.NONE;

    @Override protected SamplerStepProvider provider() {
      return new ToyStep.Provider(fault);
    }

    @Override protected SamplerParameters parameters() {
      return SamplerParameters.of("penalty", 0.5).and("keep", "7");
    }

    @Override protected List<StepExample> examples() {
      return List.of(
          StepExample.keeps(SamplerParameters.of("penalty", 0).and("keep", "2"), new float[]{1, 4, 3, 2}, 1, 2),
          new StepExample(SamplerParameters.of("penalty", 2), List.of(1, 0, 1), new float[]{1, 4, 3},
              new int[]{2, 1, 0},
              new float[]{3, 0, -1}));
    }
  }

  /** Runs in the engine within the test. */
  static final class DrawSubject extends SamplerDrawConformance {
    private static ToyDraw.Fault fault = ToyDraw.Fault.NONE;

    @Override protected SamplerDrawProvider provider() {
      return new ToyDraw.Provider(fault);
    }

    @Override protected SamplerParameters parameters() {
      return SamplerParameters.of("penalty", 0.5);
    }

    @Override protected List<DrawExample> examples() {
      return List.of(new DrawExample(SamplerParameters.none(),
          new float[]{0, (float) Math.log(2), Float.NEGATIVE_INFINITY, (float) Math.log(5)}, 1 / 8.0, 2 / 8.0, 0,
          5 / 8.0));
    }
  }

  @ParameterizedTest
  @EnumSource void step_withOneFaultOrNone_failsTheTestsMeantForIt(ToyStep.Fault fault) {
    StepSubject.fault = fault;
    assertLedger("step " + fault, KitRun.of(StepSubject.class));
  }

  @ParameterizedTest
  @EnumSource void draw_withOneFaultOrNone_failsTheTestsMeantForIt(ToyDraw.Fault fault) {
    DrawSubject.fault = fault;
    assertLedger("draw " + fault, KitRun.of(DrawSubject.class));
  }

  @Test void context_ofTheKit_refusesPositionsWithoutAToken() {
    assertThat(new SampleContext(List.of(4, 2), 1).token(1)).isEqualTo(2);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> new SampleContext(List.of(4, 2), 1).token(2))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("token(2) is not in [0, 2)");
  }

  @AfterAll static void printTable() throws IOException {
    LEDGER.print("sampler-mutants.md");
  }

  private static void assertLedger(String name, KitRun run) {
    LEDGER.found(name, run.failed());
    assertThat(run.failed()).as("tests that fail for '%s'", name).isEqualTo(LEDGER.meant(name));
  }

  /** The last of the candidates of a toy, swapped to a place. */
  static void swap(Candidates candidates, int a, int b) {
    int id = candidates.ids()[a];
    float logit = candidates.logits()[a];
    candidates.ids()[a] = candidates.ids()[b];
    candidates.logits()[a] = candidates.logits()[b];
    candidates.ids()[b] = id;
    candidates.logits()[b] = logit;
  }
}
