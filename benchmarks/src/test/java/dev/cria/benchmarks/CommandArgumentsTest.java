package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandArgumentsTest {

  private static CommandArguments parse(String... args) {
    return CommandArguments.parse(List.of("threads"), args);
  }

  @Test void commands_nameAndFolder_belongToTheNextCommand() {
    assertThat(parse("--name", "a", "--cmd", "./run 'x y'", "--in", "there", "--cmd", "bin/peer -t 0").commands())
        .containsExactly(
            new ExternalCommand("a", List.of("./run", "x y"), Path.of("")),
            new ExternalCommand("peer", List.of("bin/peer", "-t", "0"), Path.of("there")));
  }

  @Test void commands_oneNameTwice_isRefused() {
    assertThatThrownBy(() -> parse("--cmd", "a/run", "--cmd", "b/run").commands())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two commands are called run; give each a --name before its --cmd");
  }

  @Test void commands_nameAfterTheLastCommand_isRefused() {
    assertThatThrownBy(() -> parse("--cmd", "run", "--name", "a").commands())
        .hasMessage("--name and --in stand before the --cmd that they belong to; none follows --name a");
  }

  @Test void commands_quotesAroundTheWholeCommand_areTheCommands() {
    assertThat(parse("--cmd", "\"a b\"").commands().getFirst().words()).containsExactly("a b");
  }

  @Test void rounds_absent_areSeven() {
    assertThat(parse().rounds()).isEqualTo(7);
    assertThat(parse("--rounds", "3").rounds()).isEqualTo(3);
  }

  @Test void rounds_noPositiveNumber_isRefused() {
    assertThatThrownBy(() -> parse("--rounds", "many").rounds())
        .hasMessage("rounds must be a whole number, got 'many'");
    assertThatThrownBy(() -> parse("--rounds", "0").rounds()).hasMessage("rounds must be at least 1, got 0");
  }

  @Test void values_commas_separate() {
    assertThat(parse("--threads", "1,2", "m.bin").values("threads", "4")).containsExactly("1", "2");
    assertThat(parse("m.bin").values("threads", "4")).containsExactly("4");
    assertThat(parse("--threads", "1,2", "m.bin").others()).containsExactly("m.bin");
  }

  @Test void parse_unknownOption_isRefused() {
    assertThatThrownBy(() -> parse("--round", "3")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--round");
  }
}
