package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.inference.Rehearsal;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TinyModelTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "backends", "run --backend scalar", "run --backend=scalar m.bin", "run --help",
      "run -h"}) void rehearse_whereItHelpsNobody_startsNothing(
          String line) throws InterruptedException {
    assertThat(rehearsed(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "run model.bin 0 -n 10"}) void rehearse_ofARunOnTheBestKernel_starts(String line)
      throws InterruptedException {
    Assumptions.assumeThat(Runtime.getRuntime().availableProcessors())
        .as("skipped: a machine with one core does not rehearse").isGreaterThan(1);
    assertThat(rehearsed(line)).isTrue();
  }

  private static boolean rehearsed(String line) throws InterruptedException {
    try (Rehearsal _ = TinyModel.rehearse(line.split(" "), TinyModelTest.class.getClassLoader())) {
      return threads() > 0;
    } finally {
      while (threads() > 0) {
        Thread.sleep(1);
      }
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("cria-rehearsal")).count();
  }
}
