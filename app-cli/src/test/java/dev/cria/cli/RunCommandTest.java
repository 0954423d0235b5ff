package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cria.checkpoints.SentenceCheckpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RunCommandTest {

  private static final String SENTENCE = SentenceCheckpoint.SENTENCE + "\n";
  private static final String NOTE = "cria: no model named; using the built-in one, which tells stories for children\n";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, {1} threads")
  @MethodSource("dev.cria.cli.TestBackends#withThreads") void run_model_tellsItsSentence(String backend,
      int threads) {
    for (String temperature : new String[]{"0", "1"}) {
      var run = cria("run", TestModel.sentence(), "--backend", backend, "--threads", threads, "-t", temperature, "-s",
          "42");
      assertThat(run.out()).as("temperature %s", temperature).isEqualTo(SENTENCE);
      assertThat(run.exit()).isZero();
      assertThat(run.err()).contains("backend   " + backend + ": named; " + threads + " thread");
    }
  }

  @Test void run_nothingNamed_tellsAStoryOfTheBuiltInModel() {
    var run = cria("run", "-s", "1", "-n", "60", "--verbose");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).startsWith(NOTE).contains("\nmodel     built-in (llama2c-v2, ",
        "\ntokenizer inside the model\n");
    assertThat(run.out().strip()).as("words").matches("(?s)([A-Za-z'\",.!? \n-]+)").hasSizeGreaterThan(100);
    assertThat(cria("run", "-s", "1", "-n", "60").out()).isEqualTo(run.out());
  }

  @Test void run_noBackendNamed_usesTheBestAndSaysSo() {
    var run = cria("run", TestModel.sentence());
    assertThat(run.out()).isEqualTo(SENTENCE);
    assertThat(run.err()).contains("backend   " + TestBackends.names().getFirst() + ": the best available; ");
  }

  @Test void run_prompt_isToldAndContinued() {
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "-i", "Once upon a time a small llama").out())
        .isEqualTo(SENTENCE);
  }

  @Test void run_figures_stateWhatTheyMust() {
    var run = cria("run", TestModel.sentence(), "-t", "0", "--threads", "1");
    assertThat(run.err()).matches("""
        (?s)model     \\S+/model.bin \\(llama2c-v0, [0-9]+ kB\\), loaded in [0-9.]+ m?s
        backend   \\w+: the best available; 1 thread
        prompt    1 token in [0-9.]+ m?s, [0-9.]+ tokens/s
        text      41 tokens in [0-9.]+ m?s, [0-9.]+ tokens/s; the model ended it
        memory    .*
        achieved tok/s: [0-9]+\\.[0-9]{6}
        """);
  }

  @Test void run_onePosition_hasNoRate() {
    var run = cria("run", TestModel.sentence(), "-t", "0", "-n", "1");
    assertThat(run.out()).isEqualTo("Once\n");
    assertThat(run.err()).contains("text      1 token in ", "; ended by the number of steps\n")
        .doesNotContain("achieved");
  }

  @Test void run_seedFromTheClock_isPrintedAndRepeatsTheText() {
    var first = cria("run", TestModel.sentence(), "-t", "1.5", "-p", "0");
    String seed = first.err().lines().filter(line -> line.startsWith("seed")).findFirst().orElseThrow()
        .replaceAll("[^0-9]", "");
    assertThat(Long.parseLong(seed)).as("seconds since 1970").isGreaterThan(1_700_000_000L);
    assertThat(cria("run", TestModel.sentence(), "-t", "1.5", "-p", "0", "-s", seed).out()).isEqualTo(first.out());
  }

  @Test void run_seedGivenOrUnused_isPrintedByVerboseAlone() {
    assertThat(cria("run", TestModel.sentence(), "-s", "7").err()).doesNotContain("seed");
    assertThat(cria("run", TestModel.sentence(), "-t", "0").err()).doesNotContain("seed");
    assertThat(cria("run", TestModel.sentence(), "-s", "-7", "--verbose").err()).contains("\nseed      -7\n");
    assertThat(cria("run", TestModel.sentence(), "-s", "18446744073709551609", "-t", "0", "--verbose").err())
        .contains("\nseed      -7 (unused: temperature 0)\n");
  }

  @Test void run_verbose_saysWhereTheTokenizerIsFrom() {
    assertThat(cria("run", TestModel.sentence(), "--verbose", "-t", "0.5").err()).contains(
        "\ntokenizer " + TestModel.sentence().resolveSibling("tokenizer.bin") + "\n",
        "\nsampling  temperature 0.5, top-p 0.9\n", " parameters; dim 64, ");
  }

  @Test void run_temperatureAfterTheCheckpoint_isTheSameAsTheOption() throws Exception {
    Path model = TestModel.writeModel(folder);
    Path tokenizer = TestModel.writeTokenizer(folder, "my.bin");
    assertThat(cria("run", model, "0", "-z", tokenizer).out()).isEqualTo(SENTENCE);
    var twice = cria("run", model, "0", "-t", "0");
    assertThat(twice.exit()).isEqualTo(2);
    assertThat(twice.message()).isEqualTo("cria: The temperature is given twice, as '0' after the checkpoint and as '0'"
        + " by option; keep one.");
  }

  @Test void run_longNames_areTheSameAsLlama2csFlags() throws Exception {
    Path model = TestModel.writeModel(folder);
    Path tokenizer = TestModel.writeTokenizer(folder, "my.bin");
    var brief = cria("run", model, "-t", "0.8", "-p", "0.5", "-s", "3", "-n", "20", "-i", "in the", "-z", tokenizer);
    var full = cria("run", model, "--temperature=0.8", "--top-p=0.5", "--seed=3", "--steps=20", "--prompt=in the",
        "--tokenizer=" + tokenizer);
    assertThat(full.out()).isEqualTo(brief.out()).startsWith("in the");
    assertThat(brief.exit()).isZero();
  }

  @Test void run_promptFromFileOrInput_losesItsLastLineBreakOnly() throws Exception {
    Path prompt = Files.writeString(folder.resolve("prompt.txt"), "Once upon\r\n");
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "-f", prompt).out()).isEqualTo(SENTENCE);
    assertThat(new CliRunner().in("Once upon\n").run("run", TestModel.sentence(), "-t", "0", "-i", "-").out())
        .isEqualTo(SENTENCE);
    assertThat(new CliRunner().in("Once\n\n").run("run", TestModel.sentence(), "-t", "0", "-i", "-", "-n", "4").out())
        .startsWith("Once\n");
  }

  @Test void run_promptBeginsWithAt_isText() {
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "-n", "3", "-i", "@x").out()).startsWith("@x");
  }

  @Test void run_promptOfOtherCharacters_isToldWhole() {
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "-i", "中😀 é").out()).startsWith("中😀 é");
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "-i", "a😀b", "--llama2c-output").out())
        .as("as llama2.c prints it")
        .startsWith("ab");
  }

  @Test void run_tokenizer_isSoughtInOrder() throws Exception {
    Path model = TestModel.writeModel(folder);
    Path working = Files.createDirectory(folder.resolve("working"));
    CliRunner runner = new CliRunner().folder(working);
    var none = runner.run("run", model);
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.message()).isEqualTo("cria: " + model + ": no tokenizer found. Looked inside the model, at "
        + folder.resolve("tokenizer.bin") + " beside it, and at " + working.resolve("tokenizer.bin")
        + "; name one with -z FILE");

    Path here = TestModel.writeTokenizer(working, "tokenizer.bin");
    assertThat(origin(working, model)).isEqualTo(here.toString());
    Path beside = TestModel.writeTokenizer(folder, "tokenizer.bin");
    assertThat(origin(working, model)).isEqualTo(beside.toString());
    Path named = TestModel.writeTokenizer(folder, "named.bin");
    assertThat(origin(working, model, "-z", named)).isEqualTo(named.toString());
  }

  private static String origin(Path working, Path model, Object... more) {
    Object[] args = new Object[more.length + 5];
    System.arraycopy(new Object[]{"run", model, "-t", "0", "--verbose"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return new CliRunner().folder(working).run(args).err().lines().filter(line -> line.startsWith("tokenizer"))
        .findFirst().orElseThrow().substring("tokenizer ".length());
  }

  @Test void run_steps_areBoundedByTheContext() {
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "-n", "0").out()).as("0 is the whole context")
        .isEqualTo(SENTENCE);
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "--context", "5").out()).isEqualTo("Once upon a time a\n");
    var tooMany = cria("run", TestModel.sentence(), "-n", "257");
    assertThat(tooMany.exit()).isEqualTo(2);
    assertThat(tooMany.err()).isEqualTo("cria: The number of steps (-n) must be in [0, 256], as many as the"
        + " context holds, got '257'; 0 stands for all of it.\n");
    assertThat(cria("run", TestModel.sentence(), "--context", "257").err()).endsWith(
        "cria: --context must be in [1, 256], what the model was made for, got '257'.\n");
  }

  @Test void run_promptLongerThanTheContext_isRefused() {
    var run = cria("run", TestModel.sentence(), "--context", "4", "-i", "Once upon a time a small");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).endsWith(
        "cria: The prompt has 7 tokens, but the context holds 4; shorten it, or raise --context.\n");
  }

  @Test void run_sampler_choosesTheTokens() {
    for (String sampler : new String[]{"greedy", "llama.cpp", "top-k=40,min-p=0.05,temperature=0.8", "llama2c=0"}) {
      var run = cria("run", TestModel.sentence(), "--sampler", sampler, "-s", "3", "--verbose");
      assertThat(run.out()).as(sampler).isEqualTo(SENTENCE);
      assertThat(run.err()).as(sampler).contains("\nsampling  " + sampler + "\n", "\nseed      3\n");
    }
    var unlucky = cria("run", TestModel.sentence(), "--sampler", "logit-bias=9999-1");
    assertThat(unlucky.message()).matches("cria: --sampler: logit-bias: token 9999 is not in the vocabulary: ids are in"
        + " \\[0, \\d+\\)\\. 'cria samplers' lists what there is\\.");
    assertThat(unlucky.exit()).isEqualTo(2);
  }

  @Test void run_llama2cSampler_isTheDefault() {
    var named = cria("run", "--sampler", "llama2c", "-s", "4", "-n", "80");
    assertThat(named.out()).isEqualTo(cria("run", "-s", "4", "-n", "80").out()).hasSizeGreaterThan(100);
    assertThat(cria("run", "--sampler", "llama.cpp", "-s", "4", "-n", "80").out()).isNotEqualTo(named.out());
  }

  @Test void run_stopStrings_endTheTextBeforeTheFirst() {
    var run = cria("run", TestModel.sentence(), "-t", "0", "-i", "Once upon", "--stop", "Once", "--stop", "ama lear",
        "--stop", "count");
    assertThat(run.out()).isEqualTo("Once upon a time a small ll\n");
    assertThat(run.err()).contains("; a stop string ended it\n");
    assertThat(run.exit()).isZero();
  }

  @Test void run_logProbabilities_areALineOfJsonForEachToken() {
    var run = cria("run", TestModel.sentence(), "-t", "0", "-i", "Once upon", "-n", "6", "--logprobs", "2");
    List<JsonObject> lines = run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(lines).extracting(line -> line.get("token").getAsString()).containsExactly(" a", " time", " a",
        " small");
    for (JsonObject line : lines) {
      assertThat(line.keySet()).containsExactly("id", "token", "bytes", "logprob", "top_logprobs");
      assertThat(line.get("logprob").getAsDouble()).isBetween(-0.1, 0.0);
      assertThat(line.getAsJsonArray("top_logprobs")).hasSize(2);
      JsonObject likeliest = line.getAsJsonArray("top_logprobs").get(0).getAsJsonObject();
      assertThat(likeliest.get("id")).isEqualTo(line.get("id"));
      assertThat(likeliest.keySet()).containsExactly("id", "token", "bytes", "logprob");
    }
    assertThat(lines.getFirst().get("bytes").toString()).isEqualTo("[32,97]");
    assertThat(cria("run", TestModel.sentence(), "-t", "0", "--logprobs", "0", "--stop", " small").out().lines())
        .hasSize(5).last().asString().contains("\"token\":\" a\"", "\"top_logprobs\":[]}");
  }

  @Test void run_readerGoneAway_endsQuietly() {
    var run = new CliRunner().out(failing("Broken pipe")).run("run");
    assertThat(run.exit()).isEqualTo(141);
    assertThat(run.err()).isEqualTo(NOTE);
  }

  @Test void run_diskFull_isAFailure() {
    var run = new CliRunner().out(failing("No space left on device")).run("run");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEqualTo(NOTE + "cria: standard output cannot be written: No space left on device\n");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override public void write(int octet) throws IOException { throw new IOException(message); }
    };
  }
}
