package dev.cria.api.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SamplerParametersTest {

  private static final List<SamplerParameter> DECLARED = List.of(SamplerParameter.real("p", 0, 1, "share").or(0.95),
      SamplerParameter.whole("keep", 1, 100, "how many"), SamplerParameter.texts("word", "words").or("a", "b"));

  @ParameterizedTest
  @CsvSource({"0", "1", "0.5", "-0.0", "+.5", "1e-3", "1."}) void check_numberInRange_isTaken(String value) {
    assertThat(checked(SamplerParameters.of("keep", 1).and("p", value)).number("p"))
        .isEqualTo(Double.parseDouble(value));
  }

  @ParameterizedTest
  @CsvSource({"1.5", "-1", "NaN", "Infinity", "2", "1.0000000000000002", "''", "0x1p-1", "0.5f", "half",
      "' 0.5'"}) void check_noNumberInRange_isRefused(String value) {
    refuses(SamplerParameters.of("keep", 1).and("p", value), "toy: p must be a number in [0, 1], got '" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({"0", "101", "1.5", "1.0", "x", "99999999999999999999"}) void check_noWholeNumberInRange_isRefused(
      String value) {
    refuses(SamplerParameters.none().and("keep", value),
        "toy: keep must be a whole number in [1, 100], got '" + value + "'");
  }

  @Test void check_absent_isWhatIsDeclaredOrRefused() {
    SamplerParameters checked = checked(SamplerParameters.none().and("keep", "7"));
    assertThat(checked.number("p")).isEqualTo(0.95);
    assertThat(checked.number("keep")).isEqualTo(7);
    assertThat(checked.texts("word")).containsExactly("a", "b");
    refuses(SamplerParameters.none(), "toy: keep is missing; it is a whole number in [1, 100]");
  }

  @Test void check_numberTwice_isRefusedButTextsMayBeMany() {
    refuses(SamplerParameters.none().and("keep", "1").and("keep", "2"), "toy: keep is given 2 times; keep one");
    assertThat(checked(SamplerParameters.none().and("keep", "1").and("word", "x").and("word", "y")).texts("word"))
        .containsExactly("x", "y");
  }

  @Test void check_unknown_isRefusedByNameInOrder() {
    refuses(SamplerParameters.of("typo", 1, "again", 2), "toy has no parameter 'again'; it takes p, keep, word");
    assertThatIllegalArgumentException().isThrownBy(() -> SamplerParameters.of("p", 1).checked("toy", List.of()))
        .withMessage("toy has no parameter 'p'; it takes none");
  }

  @Test void range_fractionalBounds_areWrittenAsTheyAre() {
    assertThat(SamplerParameter.real("tau", 0.125, 1e300, "").range()).isEqualTo("a number in [0.125, 1.0E300]");
  }

  @Test void replacedBy_othersOfTheSameName_areTaken() {
    SamplerParameters both = SamplerParameters.of("p", 0.5, "keep", 3).replacedBy(SamplerParameters.of("keep", 4));
    assertThat(both.number("p")).isEqualTo(0.5);
    assertThat(both.number("keep")).isEqualTo(4);
  }

  @Test void number_absent_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SamplerParameters.none().number("p"))
        .withMessage("p is missing");
  }

  @Test void values_collectionsChangedLater_keepsItsOwn() {
    List<String> texts = new ArrayList<>(List.of("0.5"));
    Map<String, List<String>> map = new HashMap<>(Map.of("p", texts));
    SamplerParameters parameters = new SamplerParameters(map);
    texts.add("0.9");
    map.clear();

    assertThat(parameters.number("p")).isEqualTo(0.5);
  }

  @Test void vocabulary_ofSize_knowsNoTexts() {
    assertThat(SamplerVocabulary.ofSize(3).size()).isEqualTo(3);
    assertThat(SamplerVocabulary.ofSize(3).bytes(2)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> SamplerVocabulary.ofSize(0))
        .withMessage("vocabSize must be positive, got 0");
  }

  private static SamplerParameters checked(SamplerParameters given) {
    return given.checked("toy", DECLARED);
  }

  private static void refuses(SamplerParameters given, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> checked(given)).withMessage(message);
  }
}
