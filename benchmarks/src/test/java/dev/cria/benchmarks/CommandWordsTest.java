package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CommandWordsTest {

  @Test void of_whiteSpace_separatesWords() {
    assertThat(CommandWords.of("  ./run m.bin\t-t  0 ")).containsExactly("./run", "m.bin", "-t", "0");
  }

  @Test void of_quotes_keepWhiteSpaceAndTheOtherQuotes() {
    assertThat(CommandWords.of("sh -c 'echo \"a b\" c' \"it's\"")).containsExactly("sh", "-c", "echo \"a b\" c",
        "it's");
  }

  @Test void of_quotesInsideAWord_joinIt() {
    assertThat(CommandWords.of("--prompt='Once upon'\" a\" time")).containsExactly("--prompt=Once upon a", "time");
  }

  @Test void of_emptyQuotes_areAnEmptyWord() {
    assertThat(CommandWords.of("run -i ''")).containsExactly("run", "-i", "");
  }

  @Test void of_backslash_isAnOrdinaryCharacter() {
    assertThat(CommandWords.of("C:\\run.exe a\\ b")).containsExactly("C:\\run.exe", "a\\", "b");
  }

  @Test void of_unclosedQuote_isRefused() {
    assertThatThrownBy(() -> CommandWords.of("sh -c 'echo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no ' closes the one at character 7 of: sh -c 'echo");
  }

  @Test void of_nothing_isRefused() {
    assertThatThrownBy(() -> CommandWords.of(" \t")).hasMessageStartingWith("a command has at least one word");
  }
}
