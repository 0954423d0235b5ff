package dev.cria.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {

  private static final List<String> NAMES = List.of("scalar", "vector", "stories15M.bin");

  @ParameterizedTest
  @CsvSource({"vectr, vector", "Vector, vector", "s, scalar", "stories, stories15M.bin",
      "stories15m.bin, stories15M.bin",
      "scaler, scalar", "storys15M.bni, stories15M.bin"}) void nearest_aSlip_isFound(String written, String expected) {
    assertThat(NearestName.of(written, NAMES)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"cuda", "''", "llama2-7b.bin", "vvvvvv"}) void nearest_anotherWord_isNotFound(String written) {
    assertThat(NearestName.of(written, NAMES)).isEmpty();
  }

  @Test void nearest_noNames_isNotFound() {
    assertThat(NearestName.of("vector", List.of())).isEmpty();
  }

  @Test void unknownProvider_nearName_isSuggested() {
    assertThat(new UnknownProviderException("backend", "vectr", List.of("scalar", "vector")))
        .hasMessage("Unknown backend 'vectr'. Available: scalar, vector. Did you mean 'vector'?");
  }
}
