package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainCommandTest {

  private static final Object[] SMALL = {"--preset", "260K", "--vocab-size", "320", "--context", "64", "--batch", "4",
      "--set", "dim=32", "--set", "hidden-dim=48", "--set", "layers=2", "--set", "heads=4", "--set", "kv-heads=2",
      "--set", "coverage=1", "--set", "validation=0.1", "--learning-rate", "0.01"};

  @TempDir Path folder;
  private Path text;

  @BeforeEach void writeText() throws IOException {
    assumeTrue(TestBackends.names().contains("vector"), "engine-vector was deleted: training would take too long");
    text = Files.writeString(folder.resolve("tales.txt"), IntStream.range(0, 60)
        .mapToObj(i -> String.format(Locale.ROOT,
            "Day %d. A fox saw %d geese by the pond, and the geese saw the fox. They "
                + "waited until it was dark.",
            i, i * 7 % 31))
        .collect(Collectors.joining("\n<|endoftext|>\n")));
  }

  private static Object[] with(Object[] first, Object... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray();
  }

  @Test void train_anyText_makesAModelThatEveryCommandReads() throws IOException {
    Path out = folder.resolve("out");
    var run = cria(with(new Object[]{"train", text, "--out", out, "--steps", "60"}, SMALL));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("60 documents", "bits per byte", "finished after step 60; the model is " + out);
    assertThat(run.out()).as("a sample of a story").isNotBlank();
    for (String name : List.of("model.bin", "tokenizer.bin", "tokenizer.model", "training.properties", "loss.csv",
        "loss.png", "training.state")) {
      assertThat(out.resolve(name)).as(name).isNotEmptyFile();
    }
    assertThat(cria("run", out.resolve("model.bin"), "0", "-n", "20").out()).startsWith("Day ");
    assertThat(cria("tokenize", out.resolve("tokenizer.bin"), "Day 1").exit()).isZero();
    assertThat(cria("inspect", out.resolve("model.bin")).exit()).isZero();

    var perplexity = cria("perplexity", out.resolve("model.bin"), "--file", text);
    assertThat(perplexity.exit()).as(perplexity.err()).isZero();
    assertThat(perplexity.out()).contains("documents: 60\n").containsPattern("(?m)^bits per byte: [0-2]\\.\\d{4}$");

    var resumed = cria("train", text, "--out", out, "--resume");
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("60 steps of which 60 are taken");
  }

  @Test void train_badCommandLine_isRefused() throws IOException {
    Path out = folder.resolve("out");
    assertThat(cria("train", text).exit()).isEqualTo(2);
    assertThat(cria("train", "--out", out).message()).contains("TEXT and --out are needed");
    assertThat(cria("train", text, "--out", out, "--preset", "2M").message())
        .contains("there is no preset '2M'. Available: 260K, 1M, 15M, 42M, 110M");
    assertThat(cria("train", text, "--out", out, "--set", "depth=3").message()).contains("There is no setting 'depth'");
    assertThat(cria("train", text, "--out", out, "--set", "layers=x").message())
        .contains("layers must be a whole number in [1, 1024], got 'x'");
    assertThat(cria("train", text, "--out", out, "--set", "dim=30", "--set", "heads=4").message())
        .contains("dim must be a multiple of heads 4, got '30'");
    assertThat(cria("train", text, "--out", out, "--resume", "--preset", "1M").exit()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test void train_badFiles_areNamed() throws IOException {
    Path out = folder.resolve("out");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");
    var run = cria("train", empty, "--out", out);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message()).startsWith("cria: " + empty + ": holds no text");
    assertThat(cria("train", folder.resolve("none.txt"), "--out", out).message()).contains("none.txt: no such file");
    assertThat(cria("train", text, "--out", out, "--resume").message()).contains("holds no training run to resume");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(cria(with(new Object[]{"train", text, "--out", file}, SMALL)).err()).contains(file.toString());
    Path config = Files.writeString(folder.resolve("config"), "batch=2\nwarmth=3\n");
    assertThat(cria("train", text, "--out", out, "--config", config).message())
        .contains("has an unknown setting 'warmth'");
  }

  @Test void settings_areAPropertiesFile() throws IOException {
    Path config = Files.writeString(folder.resolve("config"), cria("train", "--settings", "--preset", "15M").out());
    assertThat(cria("train", "--settings", "--config", config).out()).contains("dim=288\n", "layers=6\n",
        "dropout=0\n");
  }
}
