package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.checkpoints.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntheticModelTest {

  @Test void shape_presets_areThoseOfTheStories() {
    ModelConfiguration small = SyntheticModel.shape("15M");
    assertThat(small).isEqualTo(SyntheticModel.shape("288x768x6x6x6x32000x256"));
    assertThat(small.headDim()).isEqualTo(48);
    ModelConfiguration large = SyntheticModel.shape("110M");
    assertThat(large).isEqualTo(SyntheticModel.shape("768x2048x12x12x12x32000x1024"));
    assertThat(large.contextLength()).isEqualTo(1024);
  }

  @Test void shape_spelledOut_keepsTheOrder() {
    ModelConfiguration shape = SyntheticModel.shape("64x172x5x8x4x512x300");
    assertThat(new int[]{shape.dim(), shape.hiddenDim(), shape.layers(), shape.heads(), shape.kvHeads(),
        shape.vocabSize(), shape.contextLength(), shape.headDim()}).containsExactly(64, 172, 5, 8, 4, 512, 300, 8);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"", "7B", "288x768", "288x768x6x6x6x32000x256x1", "288x768x6x6x6x-1x256",
      "288x768x6x6x6x x256"}) void shape_unknown_isRefused(String name) {
    assertThatThrownBy(() -> SyntheticModel.shape(name)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a shape is 15M, 110M or DIMx").hasMessageEndingWith("got '" + name + "'");
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"10x8x1x3x3x32x16", "12x8x1x0x3x32x16"}) void shape_headsThatDoNotDivideDim_areRefused(
      String name) {
    assertThatThrownBy(() -> SyntheticModel.shape(name)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("dim must be a multiple of heads");
  }

  @Test void write_shape_isInTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tiny.bin");
    SyntheticModel.write(file.toString(), "16x24x2x4x2x32x40");
    try (Checkpoint checkpoint = CheckpointFiles.load(getClass().getClassLoader()).open(file)) {
      assertThat(checkpoint.configuration()).isEqualTo(SyntheticModel.shape("16x24x2x4x2x32x40"));
    }
  }

  @Test void write_noFile_saysWhatIsWanted() {
    assertThatThrownBy(() -> SyntheticModel.write()).hasMessage("wanted FILE [SHAPE], got 0 arguments");
  }
}
