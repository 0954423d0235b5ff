package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {

  @ParameterizedTest(name = "cria {0} --help")
  @ValueSource(strings = {"", "run", "chat", "bench", "train", "backends", "samplers", "inspect", "convert", "tokenize",
      "logits",
      "perplexity", "completion",
      "help"}) void help_ofEveryCommand_fitsTheTerminal(String command) {
    Object[] args = command.isEmpty() ? new Object[]{"--help"} : new Object[]{command, "--help"};
    for (String columns : new String[]{"", "80", "200", "60", "20"}) {
      var run = new CliRunner().with("COLUMNS", columns).run(args);
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("Usage: cria").contains("--help").doesNotContain("\u001b", "null", "%n");
      assertThat(run.out().lines()).as("at COLUMNS=%s", columns).allMatch(line -> line.length() <= 80);
    }
  }

  @Test void help_narrowTerminal_breaksDescriptions() {
    String narrow = new CliRunner().with("COLUMNS", "60").run("run", "--help").out();
    assertThat(narrow.lines().filter(line -> line.startsWith("      --") || line.startsWith("  -"))).isNotEmpty()
        .allMatch(line -> line.length() <= 60);
  }

  @Test void helpCommand_isTheSameAsTheOption() {
    assertThat(cria("help", "run").out()).isEqualTo(cria("run", "--help").out());
    assertThat(cria("help").out()).isEqualTo(cria("--help").out());
    assertThat(cria("help", "rum").message()).endsWith("Did you mean 'run'?");
    assertThat(cria("help", "rum").exit()).isEqualTo(2);
  }

  @Test void help_onAStyledTerminal_isBold() {
    assertThat(new CliRunner().styled().run("--help").out()).contains("\u001b[1m");
  }

  @Test void help_noArguments_isThatOfCria() {
    assertThat(cria().out()).isEqualTo(cria("--help").out());
    assertThat(cria().exit()).isZero();
  }

  @Test void help_ofCria_isThis() {
    assertThat(cria("--help").out()).isEqualTo("""
        Usage: cria COMMAND [OPTIONS]
        Cria runs Llama models on the JVM.

        Commands:
          run         Let a model write a text.
          chat        Talk with a model.
          bench       Measure how fast a model runs, as llama-bench does.
          train       Train a model from plain text.
          backends    List the backends: where each comes from, and whether it can run
                        here.
          samplers    List what --sampler can name: steps, draws and presets.
          inspect     Show what is in a model file and how much memory it needs.
          convert     Write a model in another format.
          tokenize    Turn text into token ids, or ids into text.
          logits      Run given tokens through a model and write all logits.
          perplexity  Measure how well a model foresees a text.
          completion  Print a script that completes commands and options.
          help        Show the help of a command.

        Options:
              --stacktrace   Show where in the program an error came from.
          -h, --help         Show this help message and exit.
          -V, --version      Print version information and exit.

        Examples:
          cria run                              a story from the built-in model
          cria run stories15M.bin               a story
          cria run stories15M.bin 0 -i "Once"   the likeliest story that begins so
          cria run --help                       all that it can do

        Exit codes:
          0    success
          1    a bad file, or something failed
          2    a wrong command line
          130  ended by Ctrl-C
          141  whoever read the output went away
        """);
  }

  @Test void help_ofRun_namesEveryFlagOnceAndHidesTheMode() {
    String help = cria("run", "--help").out();
    for (String flag : new String[]{"-i, --prompt=TEXT", "-f, --prompt-file=FILE", "-n, --steps=N", "--context=N",
        "-z, --tokenizer=FILE", "--llama2c-output", "-t, --temperature=T", "-p, --top-p=P", "-s, --seed=SEED",
        "--sampler=STEPS", "--stop=TEXT", "--logprobs=N", "--backend=NAME", "--threads=N", "--verbose",
        "--stacktrace"}) {
      assertThat(help).as(flag).containsOnlyOnce(flag + " ");
    }
    assertThat(help).contains("-y, --system=TEXT", "--chat-template=NAME", "--chat ").doesNotContain("-m ", "-m,");
  }

  @Test void version_saysWhatRuns() {
    var run = cria("--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .matches("cria .+\nJava " + Runtime.version().feature() + ".*\n.+, (vectors of \\d+ bits|no vectors .*)\n");
  }

  @Test void completion_isAScriptOfEveryCommand() throws Exception {
    var run = cria("completion", "zsh");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("#!/usr/bin/env bash\n").contains("'--backend'", "complete -F _complete_cria ",
        "run chat bench train backends samplers inspect convert tokenize logits perplexity completion help")
        .doesNotContain("\r");
  }
}
