package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerTest {

  private static final int[] UNITS = {0, 1, 2, 3, 7, 15, 16, 17, 63, 64, 65, 288, 768, 4099, 32_000, Integer.MAX_VALUE};
  private static final int[] GRAINS = {1, 2, 8, 16, 64, 1000, Integer.MAX_VALUE};

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 64, 1000}) void share_anyUnitsAndGrain_partitionsTheUnits(int count) {
    for (int units : UNITS) {
      for (int grain : GRAINS) {
        assertPartition(units, grain, count);
      }
    }
  }

  private static void assertPartition(int units, int grain, int count) {
    int next = 0;
    long leastGroups = Long.MAX_VALUE;
    long mostGroups = 0;
    for (int index = 0; index < count; index++) {
      String where = "worker %d of %d, %d units by %d".formatted(index, count, units, grain);
      Worker worker = new FixedWorker(index, count);
      int start = worker.shareStart(units, grain);
      int end = worker.shareEnd(units, grain);

      assertThat(start).as("start of %s", where).isEqualTo(next);
      assertThat(end).as("end of %s", where).isBetween(start, units);
      assertThat(end == units || end % grain == 0).as("%s cuts between groups, at %d", where, end).isTrue();

      long groups = Math.ceilDiv((long) end - start, grain);
      leastGroups = Math.min(leastGroups, groups);
      mostGroups = Math.max(mostGroups, groups);
      next = end;
    }
    assertThat(next).as("%d units by %d over %d workers", units, grain, count).isEqualTo(units);
    assertThat(mostGroups - leastGroups).as("groups more, %d units by %d over %d workers", units, grain, count)
        .isBetween(0L, 1L);
  }

  @Test void share_moreGroupsThanWorkers_firstGetOneMore() {
    assertThat(new FixedWorker(0, 3).shareEnd(5 * 8, 8)).isEqualTo(2 * 8);
    assertThat(new FixedWorker(1, 3).shareEnd(5 * 8, 8)).isEqualTo(4 * 8);
    assertThat(new FixedWorker(2, 3).shareEnd(5 * 8, 8)).isEqualTo(5 * 8);
  }
}
