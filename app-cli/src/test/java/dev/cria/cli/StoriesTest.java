package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real checkpoint tells what llama2.c tells, byte for byte. */
final class StoriesTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, {1} threads")
  @MethodSource("dev.cria.cli.TestBackends#withThreads") void run_stories260K_tellsWhatLlama2cTells(String backend,
      int threads) throws Exception {
    story(backend, threads, "stories260K_t0_n256.txt", "-t", "0", "-n", "256");
    story(backend, threads, "stories260K_t1_p0.9_s133742.txt", "-t", "1", "-p", "0.9", "-s", "133742", "-n", "256");
    story(backend, threads, "stories260K_t0.8_p1.0_s42_n128.txt", "-t", "0.8", "-p", "1", "-s", "42", "-n", "128");
    story(backend, threads, "stories260K_t0_n64_prompt_once.txt", "-t", "0", "-n", "64", "-i", "Once upon a time");
  }

  @ParameterizedTest(name = "{0}, {1} threads")
  @MethodSource("dev.cria.cli.TestBackends#withThreads") void run_stories260KInEveryFormat_tellsTheSame(String backend,
      int threads) throws Exception {
    String told = Files.readString(ReferenceData.file("stories260K/stories260K_t0_n256.txt"));
    assertThat(greedy("stories260K_v1.bin", 256, backend, threads)).as("version 1").isEqualTo(told);
    assertThat(greedy("stories260K.gguf", 256, backend, threads)).as("GGUF").isEqualTo(told);
    assertThat(greedy("stories260K_q80_gs4.bin", 180, backend, threads)).as("version 2, int8")
        .isEqualTo(Files.readString(ReferenceData.file("stories260K/stories260K_q80_gs4_t0_n180.txt")));
    String damaged = greedy("stories260K_corrupt.bin", 256, backend, threads);
    assertThat(damaged).as("damaged weights").isNotBlank().isNotEqualTo(told);
  }

  private static String greedy(String model, int steps, String backend, int threads) {
    List<Object> args = new ArrayList<>(
        List.of("run", ReferenceData.file("stories260K/" + model), "-t", "0", "-n", steps,
            "--backend", backend, "--threads", threads));
    if (model.endsWith(".bin")) {
      args.addAll(List.of("-z", ReferenceData.file("stories260K/tok512.bin")));
    }
    var run = cria(args.toArray());
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  @Test void tokenize_vocabularyInsideGguf_givesTheSameIds() {
    Path alone = ReferenceData.file("tokenizers/ggml-vocab-llama-spm.gguf");
    assertThat(cria("tokenize", alone, "I believe the meaning of life is").out())
        .isEqualTo("1 306 4658 278 6593 310 2834 338\n");
  }

  private static void story(String backend, int threads, String golden, String... flags) throws Exception {
    List<Object> args = new ArrayList<>(List.of("run", ReferenceData.file("stories260K/stories260K.bin"), "-z",
        ReferenceData.file("stories260K/tok512.bin"), "--backend", backend, "--threads", threads));
    args.addAll(List.of(flags));
    var run = cria(args.toArray());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).as(golden).isEqualTo(Files.readString(ReferenceData.file("stories260K/" + golden)));
  }

  @Test void logits_anyBackendThreadsAndBatch_haveTheSameBytes() throws Exception {
    Path model = ReferenceData.file("stories260K/stories260K.bin");
    Path tokens = ReferenceData.file("tiny256/tiny256-tokens.i32");
    byte[] expected = {};
    for (String backend : TestBackends.names()) {
      for (int threads : new int[]{1, 2, 4}) {
        for (int batch : new int[]{1, 7, 32}) {
          Path out = folder.resolve("logits.f32");
          var run = cria("logits", model, "--tokens-file", tokens, "--out", out, "--backend", backend, "--threads",
              threads, "--batch", batch);
          assertThat(run.exit()).as(run.err()).isZero();
          byte[] bytes = Files.readAllBytes(out);
          assertThat(bytes).hasSize(32 * 512 * Float.BYTES);
          expected = expected.length == 0 ? bytes : expected;
          assertThat(bytes).as("%s, %d threads, batch %d", backend, threads, batch).isEqualTo(expected);
        }
      }
    }
  }

  @Test void tokenize_realTokenizer_givesLlama2csIds() {
    Path tokenizer = ReferenceData.file("llama2-tokenizer/tokenizer.bin");
    assertThat(cria("tokenize", tokenizer, "I believe the meaning of life is").out())
        .isEqualTo("1 306 4658 278 6593 310 2834 338\n");
    assertThat(cria("tokenize", tokenizer, "Hello 😀 world").out())
        .isEqualTo("1 15043 29871 243 162 155 131 3186\n");
    assertThat(cria("tokenize", tokenizer, "--decode", "1 15043 29871 243 162 155 131 3186").out())
        .isEqualTo("Hello 😀 world\n");
  }

  @Test void run_damagedOrWrongReferenceFiles_areRefused() {
    Path tokenizer = ReferenceData.file("llama2-tokenizer/tokenizer.bin");
    var run = cria("run", ReferenceData.file("stories260K/stories260K.bin"), "-z", tokenizer);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message()).isEqualTo("cria: " + tokenizer + ": has 32000 entries, the model's vocabulary has 512;"
        + " use -z to name the tokenizer that belongs to the model");
    Path vocabulary = ReferenceData.file("tokenizers/ggml-vocab-gpt-2.gguf");
    assertThat(cria("run", vocabulary).message())
        .isEqualTo("cria: " + vocabulary + ": is of the architecture 'gpt2', which"
            + " is not supported; those that are: llama, mistral, qwen2, qwen3");
    assertThat(cria("tokenize", vocabulary, "Hello world").out()).isEqualTo("15496 995\n");
  }
}
