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

final class SyntheticModelTest {

  @Test void shape_presets_areThoseOfTheStories() {
    ModelConfiguration small = SyntheticModel.shape("15M");
    assertThat(small).isEqualTo(SyntheticModel.shape("288x768x6x6x6x32000x256"));
    assertThat(small.headDim()).isEqualTo(48);
    ModelConfiguration large = SyntheticModel.shape("110M");
    assertThat(large).isEqualTo(SyntheticModel.shape("768x2048x12x12x12x32000x1024"));
    assertThat(large.contextLength()).isEqualTo(1024);
  }

  @Test void shape_unknown_isRefused() {
    assertThatThrownBy(() -> SyntheticModel.shape("7B")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the shape must be DIMx");
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
