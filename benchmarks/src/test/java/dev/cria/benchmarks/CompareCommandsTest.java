package dev.cria.benchmarks;

import static dev.cria.benchmarks.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.benchmarks.ExternalCommand.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandsTest {

  @TempDir private Path folder;

  @Test void compare_twoCommands_runInTurn() throws IOException, InterruptedException {
    String a = script(folder, "a", "echo a >>log; echo some text; echo achieved tok/s: 300 >&2");
    String b = script(folder, "b", "echo b >>log; echo text; echo 150 tokens per second");
    String table = CompareCommands.compare("--rounds", "3", "--name", "a", "--in", folder.toString(), "--cmd", a,
        "--name", "b", "--in", folder.toString(), "--cmd", b);
    assertThat(Files.readAllLines(folder.resolve("log"))).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(table.lines()).hasSize(6).element(0).asString().startsWith("| program | tokens/s | a / it |");
    assertThat(table.lines()).element(2).asString().startsWith("| a | 300 | 1.00 | ");
    assertThat(table.lines()).element(3).asString().startsWith("| b | 150 | 2.00 | ");
    assertThat(table).endsWith("Medians of 3 rounds in turn.\n");
  }

  @Test void compare_failingCommand_saysHowItEnded() throws IOException {
    String failing = script(folder, "failing", "echo 100 tok/s; echo no such model >&2; exit 3");
    assertThatThrownBy(() -> CompareCommands.compare("--name", "bad", "--cmd", failing))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("bad failed with exit code 3.\nCommand: /bin/sh ")
        .hasMessageEndingWith("The end of its output:\n  100 tok/s\n  no such model");
  }

  @Test void compare_commandWithoutRate_showsTheEndOfItsOutput() throws IOException {
    String silent = script(folder, "chatty", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo line $i; done");
    assertThatThrownBy(() -> CompareCommands.compare("--cmd", silent))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("sh printed no rate; wanted something like '123.4 tok/s'")
        .hasMessageContaining("line 3\n").hasMessageEndingWith("line 12").hasMessageNotContaining("line 2\n");
  }

  @Test void compare_missingProgram_isNamed() {
    assertThatThrownBy(() -> CompareCommands.compare("--cmd", folder.resolve("nowhere").toString()))
        .isInstanceOf(CommandFailedException.class).hasMessageStartingWith("nowhere cannot be started: ");
  }

  @Test void compare_noCommand_saysWhatIsWanted() {
    assertThatThrownBy(() -> CompareCommands.compare("--rounds", "2")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wanted [--rounds N] and for each program [--name NAME] [--in FOLDER] --cmd COMMAND");
    assertThatThrownBy(() -> CompareCommands.compare("--cmd", "run", "fast")).hasMessageEndingWith(", got fast");
  }

  @Test void run_command_isTimedFromItsStart() throws IOException, InterruptedException {
    String text = script(folder, "text", "echo text; echo 5 tok/s");
    Run run = new ExternalCommand("text", CommandWords.of(text), folder).run();
    assertThat(run.rate()).isEqualTo(5);
    assertThat(run.millis()).isPositive().isFinite();
    assertThat(run.firstByteMillis()).isPositive().isFinite();
  }

  @Test void run_noOutput_hasNoFirstByte() throws IOException, InterruptedException {
    String quiet = script(folder, "quiet", "echo 5 tok/s >&2");
    assertThat(new ExternalCommand("quiet", CommandWords.of(quiet), folder).run().firstByteMillis()).isNaN();
  }

  @Test void run_readerOfInput_findsNone() throws IOException, InterruptedException {
    String reader = script(folder, "reader", "cat; echo 5 tok/s");
    assertThat(new ExternalCommand("reader", CommandWords.of(reader), folder).run().rate()).isEqualTo(5);
  }

  @Test void table_figures_areMediansAndRatiosToTheFirst() {
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    runs.put("cria", List.of(new Run(400, 1000, 100, 128 << 20), new Run(500, 1000, 300, 128 << 20)));
    runs.put("peer", List.of(new Run(200, 500, Double.NaN, Double.NaN), new Run(250, 500, Double.NaN, Double.NaN)));
    assertThat(CompareCommands.table(runs)).isEqualTo("""
        | program | tokens/s | cria / it | whole process, ms | cria / it | first byte, ms | cria / it \
        | peak memory, MiB | cria / it |
        |---|---|---|---|---|---|---|---|---|
        | cria | 450 | 1.00 | 1000 | 1.00 | 200 | 1.00 | 128 | 1.00 |
        | peer | 225 | 2.00 | 500 | 2.00 | — | — | — | — |
        """);
  }

  @Test void exitCode_usageAndFailure_differ() throws InterruptedException {
    assertThat(Exit.code("CompareCommands", () -> CompareCommands.compare())).isEqualTo(2);
    assertThat(Exit.code("CompareCommands", () -> CompareCommands.compare("--cmd", folder.resolve("no").toString())))
        .isEqualTo(1);
    assertThat(Exit.code("PlotResults", () -> PlotResults.plot(folder.resolve("no.csv").toString(), "no.png")))
        .isEqualTo(1);
    assertThat(Exit.code("CompareCommands", () -> {})).isZero();
  }
}
