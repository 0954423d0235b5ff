package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WarmUpTest {

  private static final long MILLISECOND = 1_000_000;

  private long now = 77;
  private long compiled = 5;
  private int runs;

  private void warmUp(long runMillis, long... compilingMillis) {
    new WarmUp(() -> now, () -> compiled).run(() -> {
      now += runMillis * MILLISECOND;
      compiled += compilingMillis[Math.min(runs++, compilingMillis.length - 1)] * MILLISECOND;
    });
  }

  @Test void run_nothingToCompile_isRepeatedForHalfASecond() {
    warmUp(100, 0);
    assertThat(runs).isEqualTo(5);
  }

  @Test void run_longTest_isRepeatedUntilTheCompilerRests() {
    warmUp(1000, 900, 300, 21, 19, 500);
    assertThat(runs).isEqualTo(4);
  }

  @Test void run_compilerThatNeverRests_isNotWaitedForLongerThanFifteenSeconds() {
    warmUp(4000, 3000);
    assertThat(runs).isEqualTo(4);
  }

  @Test void run_testLongerThanThat_isRunOnce() {
    warmUp(60_000, 30_000);
    assertThat(runs).isEqualTo(1);
  }
}
