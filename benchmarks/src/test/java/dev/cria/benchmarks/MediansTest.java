package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MediansTest {

  @Test void of_oddCount_isTheMiddleOne() {
    assertThat(Medians.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
  }

  @Test void of_evenCount_isTheMeanOfTheMiddleTwo() {
    assertThat(Medians.of(List.of(9.0, 1.0, 2.0, 5.0))).isEqualTo(3.5);
  }

  @Test void of_none_isNaN() {
    assertThat(Medians.of(List.of())).isNaN();
  }

  @Test void ofRatios_slowRounds_cancelOut() {
    List<Double> twiceAsFast = List.of(200.0, 20.0, 2000.0);
    List<Double> other = List.of(100.0, 10.0, 1000.0);
    assertThat(Medians.ofRatios(twiceAsFast, other)).isEqualTo(2);
  }

  @Test void ofRatios_differsFromTheRatioOfMedians() {
    assertThat(Medians.ofRatios(List.of(1.0, 4.0, 6.0), List.of(1.0, 2.0, 12.0))).isEqualTo(1);
  }

  @Test void ofRatios_unequalCounts_areRefused() {
    assertThatThrownBy(() -> Medians.ofRatios(List.of(1.0, 2.0), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ratios need as many rounds of each, got 2 and 1");
  }
}
