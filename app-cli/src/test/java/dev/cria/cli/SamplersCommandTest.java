package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.checkpoints.SentenceCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SamplersCommandTest {

  @TempDir Path folder;

  @Test void samplers_builtIn_areListedWithWhatTheyTake() {
    var run = cria("samplers");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Steps, in any order:\n").contains(
        "\n  top-k: keeps the k most probable tokens; 0: all\n"
            + "      k: how many; a whole number in [0, 2147483647]; default 40\n      from ",
        "\n      breaker: text over which repetition does not count; text; default \\n : \" *\n",
        "\nDraws, at the end; multinomial if none is named:\n",
        "\n  greedy: takes the most probable token\n",
        "\nPresets:\n  llama.cpp: llama.cpp's steps, in its order and with its defaults\n      logit-bias, penalties=1:");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test void plugins_areListedAndRun() throws Exception {
    var runner = new CliRunner().plugin(folder, SamplerStepProvider.class, FakeProviders.Unlikely.class)
        .plugin(folder, SamplerDrawProvider.class, FakeProviders.Lost.class);
    String out = runner.run("samplers").out();
    assertThat(out)
        .containsPattern("\n  unlikely: does nothing\n      from \\S+\n      cannot run here: it is not Sunday\n");
    assertThat(out).contains("\nBroken: dev.cria.cli.FakeProviders$Lost from ",
        "\n    IllegalStateException: lost its way\n");
    var refused = new CliRunner().plugin(folder, SamplerStepProvider.class, FakeProviders.Unlikely.class)
        .run("run", TestModel.sentence(), "--sampler", "unlikely");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.message()).startsWith("cria: --sampler: sampler 'unlikely' cannot run here: it is not Sunday.");
    assertThat(new CliRunner().plugin(folder, SamplerStepProvider.class, FakeProviders.Nothing.class)
        .run("run", TestModel.sentence(), "--sampler", "nothing,greedy").out())
        .isEqualTo(SentenceCheckpoint.SENTENCE + "\n");
  }
}
