package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchRowTest {

  private static final BenchModel MODEL = new BenchModel("model.bin", 4, 1);

  private static BenchRow row(Double... samples) {
    return new BenchRow(MODEL, "scalar", 1, new BenchTest(8, 0), List.of(samples));
  }

  @Test void statistics_byHand() {
    // mean 40 / 8 = 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 8 - 1
    BenchRow row = row(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0);
    assertThat(row.mean()).isEqualTo(5);
    assertThat(row.deviation()).isCloseTo(2.138089935, within(1e-9));
  }

  @Test void statistics_oneSample_doesNotDeviate() {
    assertThat(row(3.0).mean()).isEqualTo(3);
    assertThat(row(3.0).deviation()).isZero();
  }

  @Test void of_nanoseconds_givesTokensPerSecond() {
    assertThat(BenchRow.of(MODEL, "scalar", 1, new BenchTest(512, 0), new long[]{1_000_000_000, 250_000_000}).samples())
        .containsExactly(512.0, 2048.0);
    assertThat(BenchRow.of(MODEL, "scalar", 1, new BenchTest(0, 128), new long[]{2_000_000_000}).samples())
        .containsExactly(64.0);
  }

  @Test void label_ofAFile_isItsNameAlone() {
    assertThat(new BenchModel("some/folder/model.bin", 4, 1).label()).isEqualTo("model.bin");
    assertThat(new BenchModel("synthetic 2x2x1x1x1x9x9", 4, 1).label()).isEqualTo("synthetic 2x2x1x1x1x9x9");
  }
}
