package dev.cria.api.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.kernel.RopeLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelConfigurationTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0  | 768 | 6 | 6  | 6 | 48 | 32000 | 256 | dim must be positive, got 0
      288| -1  | 6 | 6  | 6 | 48 | 32000 | 256 | hiddenDim must be positive, got -1
      288| 768 | 0 | 6  | 6 | 48 | 32000 | 256 | layers must be positive, got 0
      288| 768 | 6 | 0  | 6 | 48 | 32000 | 256 | heads must be positive, got 0
      288| 768 | 6 | 6  | 0 | 48 | 32000 | 256 | kvHeads must be positive, got 0
      288| 768 | 6 | 6  | 6 | 0  | 32000 | 256 | headDim must be positive, got 0
      288| 768 | 6 | 6  | 6 | 48 | 0     | 256 | vocabSize must be positive, got 0
      288| 768 | 6 | 6  | 6 | 48 | 32000 | 0   | contextLength must be positive, got 0
      288| 768 | 6 | 6  | 4 | 48 | 32000 | 256 | heads must be a multiple of kvHeads, got 6 and 4
      288| 768 | 6 | 6  | 6 | 47 | 32000 | 256 | headDim must be even (rope rotates pairs), got 47
      """) void configuration_impossible_isRefused(
      int dim, int hiddenDim, int layers, int heads, int kvHeads, int headDim, int vocabSize, int contextLength,
      String message) {
    assertThatIllegalArgumentException().isThrownBy(
        () -> configuration(dim, hiddenDim, layers, heads, kvHeads, headDim, vocabSize, contextLength))
        .withMessage(message);
  }

  @Test void configuration_groupedHeads_widthsDiffer() {
    ModelConfiguration configuration = configuration(64, 172, 5, 8, 4, 8, 512, 512);

    assertThat(configuration.queryDim()).isEqualTo(64);
    assertThat(configuration.kvDim()).isEqualTo(32);
  }

  @Test void configuration_widthBeyondAnInt_isNoSilentNegative() {
    ModelConfiguration configuration = configuration(64, 172, 5, 1 << 20, 1, 1 << 20, 512, 512);

    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(configuration::queryDim);
  }

  @Test void tensorNames_areThoseOfHuggingFace() {
    assertThat(TensorNames.qProj(0)).isEqualTo("model.layers.0.self_attn.q_proj.weight");
    assertThat(TensorNames.ffnNorm(11)).isEqualTo("model.layers.11.post_attention_layernorm.weight");
    assertThat(TensorNames.downProj(3)).isEqualTo("model.layers.3.mlp.down_proj.weight");
  }

  @Test void formatException_saysWhereItIs() {
    Path path = Path.of("model.bin");

    assertThat(new CheckpointFormatException(path, 28, "truncated"))
        .hasMessage("model.bin: at byte 28: truncated").satisfies(e -> assertThat(e.offset()).hasValue(28));
    assertThat(new CheckpointFormatException(path, "is empty"))
        .hasMessage("model.bin: is empty").satisfies(e -> assertThat(e.offset()).isEmpty());
  }

  private static ModelConfiguration configuration(
      int dim, int hiddenDim, int layers, int heads, int kvHeads, int headDim, int vocabSize, int contextLength) {
    return new ModelConfiguration("llama", dim, hiddenDim, layers, heads, kvHeads, headDim, vocabSize, contextLength,
        1e-5f,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, 8));
  }
}
