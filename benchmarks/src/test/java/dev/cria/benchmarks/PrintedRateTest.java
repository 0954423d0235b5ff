package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintedRateTest {

  @ParameterizedTest(name = "''{0}''")
  @CsvSource(delimiter = '|', value = {
      "achieved tok/s: 123.400000 | 123.4",
      "123 tokens per second | 123",
      "eval time = 90 ms / 42 runs (  2.13 ms per token,   470.19 tokens per second) | 470.19",
      "Speed: 88.5 tokens/s | 88.5",
      "1,234.5 tok/s | 1234.5",
      "Tokens per second = 7 | 7",
      "12.5 tokens/sec | 12.5",
      "text achieved tok/s: 9 | 9"}) void in_knownForms_isTheNumber(String text, double rate) {
    assertThat(PrintedRate.in(text)).hasValue(rate);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"", "done", "achieved tok/s: -nan", "achieved tok/s: inf", "256 tokens", "0 tok/s",
      "2.13 ms per token", "256\ntokens per second"}) void in_noRate_isEmpty(String text) {
    assertThat(PrintedRate.in(text)).isEmpty();
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"prompt: 900 tok/s\ngeneration: 25 tok/s\n", "tok/s: 900\ntok/s: 25",
      "900 tokens/s, 25 tokens/s"}) void in_severalRates_isTheLast(String text) {
    assertThat(PrintedRate.in(text)).hasValue(25);
  }
}
