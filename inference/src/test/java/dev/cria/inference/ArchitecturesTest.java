package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models in the shape of each architecture, written here, against a forward pass in double. */
final class ArchitecturesTest {

  /** Relative to the spread of the logits: what the exact mode of every encoding keeps. */
  private static final double BOUND = 1e-4;

  /** What leaving out a part changes at least, so that the bound shows whether it is there. */
  private static final double MATTERS = 100 * BOUND;

  private static final int[] TOKENS = new int[48];

  static {
    Arrays.setAll(TOKENS, position -> (position * 31 + 7) % SampleModel.VOCAB);
  }

  @TempDir Path folder;

  /** As transformers has it: factor 8, low 1, high 4, an original context of 64. */
  private static double llama3(double frequency) {
    double wavelength = 2 * Math.PI / frequency;
    if (wavelength < 64 / 4.0) {
      return frequency;
    }
    if (wavelength > 64 / 1.0) {
      return frequency / 8;
    }
    double smooth = (64 / wavelength - 1) / (4 - 1);
    return (1 - smooth) * frequency / 8 + smooth * frequency;
  }

  private static SampleModel llama(DoubleUnaryOperator scale, double theta) {
    return SampleModel.of("llama", 16, false, false, false, SampleModel.ALL, theta, scale);
  }

  private static SampleModel llama31() {
    return llama(ArchitecturesTest::llama3, 10_000);
  }

  private static SampleModel qwen2() {
    return SampleModel.of("qwen2", 8, false, true, false, SampleModel.ALL, 1e6, f -> f);
  }

  private static SampleModel qwen3() {
    return SampleModel.of("qwen3", 16, true, false, true, SampleModel.ALL, 1e6, f -> f);
  }

  private static SampleModel mistral(String name) {
    return SampleModel.of(name, 8, false, false, false, 9, 10_000, f -> f);
  }

  private static Stream<Arguments> backends() {
    return TestBackends.names().stream().map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("backends") void logits_llama31_haveScaledFrequencies(String backend) throws IOException {
    float[] factors = new float[8];
    for (int pair = 0; pair < factors.length; pair++) {
      double frequency = Math.pow(10_000, -2.0 * pair / 16);
      factors[pair] = (float) (frequency / llama3(frequency));
    }
    assertThat(factors[0]).isEqualTo(1);
    assertThat(factors[7]).isEqualTo(8);
    assertSame(llama31(), gguf(llama31(), factors), backend);
    assertSame(llama31(), folder(llama31(), """
        , "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64, "rope_type": "llama3"}"""), backend);
    assertMatters(llama31(), "scale");
  }

  @ParameterizedTest
  @MethodSource("backends") void logits_llamaOfOtherThetaOrLinearScaling_areRight(String backend) throws IOException {
    SampleModel code = llama(f -> f, 1e6);
    assertSame(code, gguf(code), backend);
    assertSame(code, folder(code, ""), backend);
    SampleModel linear = llama(f -> f / 4, 10_000);
    assertSame(linear, folder(linear, ", \"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0}"), backend);
  }

  @ParameterizedTest
  @MethodSource("backends") void logits_qwen2_haveBiases(String backend) throws IOException {
    assertSame(qwen2(), gguf(qwen2()), backend);
    assertSame(qwen2(), folder(qwen2(), ", \"sliding_window\": 4, \"use_sliding_window\": false"), backend);
    assertMatters(qwen2(), "bias");
  }

  @ParameterizedTest
  @MethodSource("backends") void logits_qwen3_haveNormsByHeadAndATiedClassifier(String backend) throws IOException {
    assertSame(qwen3(), gguf(qwen3()), backend);
    assertSame(qwen3(), folder(qwen3(), ""), backend);
    assertMatters(qwen3(), "norm");
  }

  @ParameterizedTest
  @MethodSource("backends") void logits_mistral_seeAWindow(String backend) throws IOException {
    assertSame(mistral("llama"), gguf(mistral("llama")), backend);
    assertSame(mistral("mistral"), folder(mistral("mistral"), ", \"sliding_window\": 9"), backend);
    assertMatters(mistral("mistral"), "window");
  }

  @ParameterizedTest
  @MethodSource("backends") void logits_folderOfAnyEncodingAndShards_areThoseOfGguf(String backend) throws IOException {
    for (String name : List.of("f32", "f16", "bf16")) {
      Encoding encoding = LogitsOfFile.encoding(name);
      SampleModel model = qwen2().rounded(encoding);
      float[] expected = LogitsOfFile.run(Export.gguf(model, encoding, new float[0], folder.resolve(name + ".gguf")),
          backend, TOKENS);
      for (int shards : new int[]{1, 3}) {
        Path file = Export.folder(model, encoding, shards, "", folder.resolve(name + shards));
        assertThat(LogitsOfFile.run(file, backend, TOKENS)).as("%s in %d files", name, shards).isEqualTo(expected);
      }
      assertThat(LogitsOfFile.difference(expected, ReferenceLogits.of(model, TOKENS))).as(name).isLessThan(BOUND);
    }
  }

  @Test void reference_windowOfOnePosition_forgetsTheOthers() {
    SampleModel blind = new SampleModel("x", 8, false, false, false, 1, 10_000, f -> f, mistral("x").weights());
    double[][] alone = ReferenceLogits.of(blind, new int[]{5});
    double[][] after = ReferenceLogits.of(blind, new int[]{9, 5});
    assertThat(after[1]).containsExactly(alone[0], Offset.offset(1e-12));
  }

  private Path gguf(SampleModel model, float... ropeFactors) throws IOException {
    return Export.gguf(model, LogitsOfFile.encoding("f32"), ropeFactors, folder.resolve("model.gguf"));
  }

  private Path folder(SampleModel model, String more) throws IOException {
    return Export.folder(model, LogitsOfFile.encoding("f32"), 1, more, folder.resolve("folder"));
  }

  private static void assertSame(SampleModel model, Path file, String backend) throws IOException {
    double difference = LogitsOfFile.difference(LogitsOfFile.run(file, backend, TOKENS),
        ReferenceLogits.of(model, TOKENS));
    assertThat(difference).as("%s: largest difference by the spread of the logits", file).isLessThan(BOUND);
  }

  private static void assertMatters(SampleModel model, String part) {
    double[][] without = ReferenceLogits.of(model.without(part), TOKENS);
    float[] flat = new float[TOKENS.length * SampleModel.VOCAB];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) without[i / SampleModel.VOCAB][i % SampleModel.VOCAB];
    }
    assertThat(LogitsOfFile.difference(flat, ReferenceLogits.of(model, TOKENS))).as("without %s", part)
        .isGreaterThan(MATTERS);
  }
}
