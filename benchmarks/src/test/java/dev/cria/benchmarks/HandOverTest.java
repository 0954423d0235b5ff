package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HandOverTest {

  @Test void table_threeThreads_hasARowForTwoAndOneForThree() {
    assertThat(HandOver.table(3, 3, 10).lines().skip(2)).satisfiesExactly(
        two -> assertThat(two).matches("\\| 2 \\| \\d+\\.\\d\\d \\| \\d+\\.\\d\\d \\|"),
        three -> assertThat(three).matches("\\| 3 \\| \\d+\\.\\d\\d \\| \\d+\\.\\d\\d \\|"));
  }
}
