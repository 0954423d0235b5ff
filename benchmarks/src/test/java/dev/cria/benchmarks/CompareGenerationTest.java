package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareGenerationTest {

  @TempDir private Path folder;

  private String model() throws IOException {
    Path file = folder.resolve("tiny.bin");
    SyntheticModel.write(file.toString(), "16x24x1x2x2x64x130");
    return file.toString();
  }

  private static String printed(String... args) throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CompareGeneration.compare(new PrintStream(bytes, true, StandardCharsets.UTF_8), args);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test void compare_command_takesTurnsWithPasses() throws IOException, InterruptedException {
    String command = Scripts.script(folder, "peer", "echo \"$1\" >>log; echo 1 tok/s") + " {model}";
    String model = model();
    List<String> lines = printed("--rounds", "2", "--backend", "scalar", "--threads", "1,2", "--name", "peer", "--in",
        folder.toString(), "--cmd", command, model).lines().toList();
    assertThat(Files.readAllLines(folder.resolve("log"))).as("once a round, never in a warm-up").containsExactly(model,
        model);
    assertThat(lines.get(0)).isEqualTo(model + ", medians of 2 rounds in turn:");
    assertThat(lines.get(2)).isEqualTo(
        "| program | threads | prompt of 128, tokens/s | 130 tokens, tokens/s | it / peer |");
    assertThat(lines.get(4)).startsWith("| Cria, scalar | 1 | ");
    assertThat(lines.get(5)).startsWith("| Cria, scalar | 2 | ");
    assertThat(lines.get(6)).isEqualTo("| peer |  | — | 1 | 1.00 |");
  }

  @Test void compare_badArguments_sayWhatIsWanted() {
    assertThatThrownBy(() -> printed("--threads", "1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("got no model");
    assertThatThrownBy(() -> printed("--threads", "1,", "m.bin"))
        .hasMessage("--threads must be a whole number, got ''");
    assertThatThrownBy(() -> printed("--backend", "skalar", model())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("skalar");
  }

  @Test void table_withoutCommands_comparesWithTheFirstRow() {
    GenerationTable table = new GenerationTable("m", List.of(), 256, 1);
    table.addPass("scalar", 1);
    table.addPass("vector", 1);
    table.addRound(0, List.of(), 50);
    table.addRound(1, List.of(), 500);
    assertThat(table).hasToString("""
        m, medians of 1 rounds in turn:

        | program | threads | 256 tokens, tokens/s | it / Cria, scalar 1 |
        |---|---|---|---|
        | Cria, scalar | 1 | 50 | 1.00 |
        | Cria, vector | 1 | 500 | 10.00 |
        """);
  }

  @Test void table_rounds_areMediansOfEach() {
    GenerationTable table = new GenerationTable("m", List.of(128, 512), 256, 3);
    table.addPass("vector", 2);
    for (int round = 1; round <= 3; round++) {
      table.addRound(0, List.of(1000.0 * round, 100.0 * round), 10.0 * round);
      table.addRound("peer", 4.0 * round);
    }
    assertThat(table.toString())
        .contains("| Cria, vector | 2 | 2000 | 200 | 20 | 2.50 |\n| peer |  | — | — | 8 | 1.00 |");
  }
}
