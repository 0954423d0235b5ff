package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.executor.ModelExecutorProvider;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.checkpoints.SentenceCheckpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackendsCommandTest {

  @TempDir Path folder;
  private String best;

  @BeforeEach void best() { best = TestBackends.names().getFirst(); }

  @Test void backends_ofThisCheckout_areListedBestFirst() {
    var run = cria("backends");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(names(run.out())).isEqualTo(TestBackends.names());
    assertThat(run.out()).endsWith("\nWithout --backend, " + best + " runs: the best available.\n");
    assertThat(run.out().lines().filter(line -> line.startsWith("*"))).singleElement().asString()
        .matches("\\*  " + best + " +kernel +exact +\\d+ +\\S+");
  }

  private static List<String> names(String out) {
    return out.lines().skip(1).takeWhile(line -> !line.isEmpty()).filter(line -> !line.startsWith("    "))
        .map(line -> line.substring(3).split(" ", 2)[0]).toList();
  }

  @Test void plugins_ofEveryKind_areExplained() throws Exception {
    String origin = folder.getFileName().toString();
    var run = new CliRunner()
        .plugin(folder, KernelProvider.class, FakeProviders.Better.class, FakeProviders.Broken.class,
            FakeProviders.Unavailable.class)
        .plugin(folder, ModelExecutorProvider.class, FakeProviders.Remote.class).run("backends");
    assertThat(run.exit()).isZero();
    assertThat(names(run.out())).startsWith("quantum", "better").endsWith("remote")
        .containsAll(TestBackends.names());
    assertThat(run.out()).contains("""
            cannot run here: This machine has no qubits, and the one in the cellar is
            switched off for the winter. Buy one, or choose another with --backend.
        *  better\s""").contains("Broken: dev.cria.cli.FakeProviders$Broken from ",
        "\n    IllegalStateException: the licence has expired\n",
        "Without --backend, better runs: the best available (quantum cannot run: This");
    assertThat(run.out().replaceAll(" +", " ")).as("columns, as wide as they may be")
        .contains("\n quantum kernel bounded 2000 ", "\n* better kernel exact 1000 ", "\n remote executor - 0 ");
    assertThat(run.out().lines()).as("lines of %s", origin).allMatch(line -> line.length() <= 80);
  }

  @Test void plugin_better_runsWithoutBeingNamed() throws Exception {
    var run = new CliRunner().plugin(folder, KernelProvider.class, FakeProviders.Better.class)
        .run("run", TestModel.sentence(), "-t", "0");
    assertThat(run.out()).isEqualTo(SentenceCheckpoint.SENTENCE + "\n");
    assertThat(run.err()).contains("\nbackend   better: the best available; ");
  }

  @Test void plugin_unavailable_isRefusedByNameAndExplainedOtherwise() throws Exception {
    var runner = new CliRunner().plugin(folder, KernelProvider.class, FakeProviders.Unavailable.class);
    var named = runner.run("run", "--backend", "quantum");
    assertThat(named.exit()).isEqualTo(1);
    assertThat(named.message()).isEqualTo("cria: Backend 'quantum' cannot run here: This machine has no qubits, and the"
        + " one in the cellar is switched off for the winter. Buy one, or choose another with --backend.");
    assertThat(runner.run("run", "-t", "0").err()).contains("\nbackend   " + best
        + ": the best available (quantum cannot run: This machine has no qubits");
  }

  @Test void plugin_thatFailsToStart_isNamed() throws Exception {
    var runner = new CliRunner().plugin(folder, KernelProvider.class, FakeProviders.FailsToStart.class);
    var run = runner.run("run");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message()).isEqualTo("cria: Backend 'sleepy' failed to start: java.lang.IllegalStateException: no"
        + " coffee. Choose another with --backend, or take its jar off the class path.");
    var backends = runner.run("backends");
    assertThat(backends.exit()).isZero();
    assertThat(backends.out()).contains("Without --backend, nothing runs. Backend 'sleepy' failed to start:");
  }

  @Test void plugin_broken_isNotSilentlyUnknown() throws Exception {
    var run = new CliRunner().plugin(folder, KernelProvider.class, FakeProviders.Broken.class)
        .run("run", "--backend", "broken");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.message()).startsWith("cria: Unknown backend 'broken'. Available: ");
  }

  @Test void plugin_executor_runsWhenNamed() throws Exception {
    var runner = new CliRunner().plugin(folder, ModelExecutorProvider.class, FakeProviders.Remote.class);
    var run = runner.run("run", "--backend", "remote");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).endsWith("cria: remote: no server runs built-in\n");
    assertThat(runner.run("run", "--backend", "remot").message()).contains("remote", "Did you mean 'remote'?");
  }
}
