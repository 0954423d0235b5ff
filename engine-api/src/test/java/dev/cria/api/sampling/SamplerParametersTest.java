package dev.cria.api.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SamplerParametersTest {

  @ParameterizedTest
  @CsvSource({"0", "1", "0.5", "-0.0"}) void in_withinTheRange_isTaken(double value) {
    assertThat(SamplerParameters.of("topP", value).in("topP", 0, 1)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1.5", "-1, -1", "NaN, NaN", "Infinity, Infinity", "2, 2",
      "1.0000000000000002, 1.0000000000000002"}) void in_outsideTheRange_isRefused(double value, String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> SamplerParameters.of("topP", value).in("topP", 0, 1))
        .withMessage("topP must be in [0, 1], got %s", written);
  }

  @Test void in_absent_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SamplerParameters.none().in("topP", 0, 1))
        .withMessage("topP is missing");
  }

  @Test void in_fractionalBounds_areWrittenAsTheyAre() {
    assertThatIllegalArgumentException().isThrownBy(() -> SamplerParameters.of("tau", 0.125).in("tau", 0.25, 1e300))
        .withMessage("tau must be in [0.25, 1.0E300], got 0.125");
  }

  @Test void onlyKnown_othersToo_areRefusedInOrder() {
    SamplerParameters parameters = SamplerParameters.of("typo", 1, "again", 2);

    assertThatIllegalArgumentException().isThrownBy(() -> parameters.onlyKnown("top-p", Set.of("topP", "minKeep")))
        .withMessage("top-p has no parameter 'again'; it takes [minKeep, topP]");
  }

  @Test void onlyKnown_knownOnes_areTaken() {
    assertThatNoException()
        .isThrownBy(() -> SamplerParameters.of("topP", 1).onlyKnown("top-p", Set.of("topP", "minKeep")));
    assertThatNoException().isThrownBy(() -> SamplerParameters.none().onlyKnown("greedy", Set.of()));
  }

  @Test void values_mapChangedLater_keepsItsOwn() {
    Map<String, Double> map = new HashMap<>(Map.of("topP", 0.5));
    SamplerParameters parameters = new SamplerParameters(map);
    map.put("topP", 0.9);

    assertThat(parameters.in("topP", 0, 1)).isEqualTo(0.5);
  }
}
