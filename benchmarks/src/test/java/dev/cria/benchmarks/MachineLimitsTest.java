package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MachineLimitsTest {

  @Test void of_twoThreads_measuresBoth() throws InterruptedException {
    Limits limits = MachineLimits.of(2, 8 << 20);
    assertThat(limits.threads()).isEqualTo(2);
    assertThat(limits.bytesPerSecond()).isPositive().isFinite();
    assertThat(limits.flopPerSecond()).isPositive().isFinite();
  }

  @Test void orBetter_takesTheHigherOfEach() {
    assertThat(new Limits(1, 40e9, 200e9).orBetter(new Limits(1, 50e9, 100e9))).isEqualTo(new Limits(1, 50e9, 200e9));
  }

  @Test void table_limits_areInGiga() {
    assertThat(MachineLimits.table(List.of(new Limits(2, 76.54e9, 400e9)))).endsWith("| 2 | 76.5 | 400.0 |\n");
  }

  @Test void sum_range_readsEveryFloatOfItAndNoOther() {
    try (Arena arena = Arena.ofConfined()) {
      long steps = 3;
      long step = Peak.STEP;
      MemorySegment memory = arena.allocate((steps + 2) * step, Memory.ALIGNMENT);
      long floats = memory.byteSize() / Float.BYTES;
      float expected = 0;
      for (long i = 0; i < floats; i++) {
        float value = i % 7;
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        long at = i * Float.BYTES;
        expected += at >= step && at < (steps + 1) * step ? value : 0;
      }
      assertThat(Peak.sum(memory, step, (steps + 1) * step)).as("small whole numbers add exactly").isEqualTo(expected);
    }
  }

  @Test void multiplyAdd_everyChain_convergesToTheSameValue() {
    int lanes = (int) (Peak.flop(1) / 2);
    assertThat(Peak.multiplyAdd(100, 0.5f)).as("each of %s lanes goes to 0.5 / (1 - 0.5) = 1", lanes)
        .isCloseTo(lanes, within(1e-3f * lanes));
  }
}
