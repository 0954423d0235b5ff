package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.TensorNames;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class BuiltInCheckpointTest {

  @Test void open_isSmallAndWhole() throws IOException {
    try (Checkpoint model = BuiltInCheckpoint.open()) {
      assertThat(model.byteSize()).as("bytes").isLessThanOrEqualTo(2_500_000);
      assertThat(CheckpointSummary.of(model).parameters()).as("weights").isLessThanOrEqualTo(1_600_000);
      assertThat(model.vocabulary().orElseThrow().pieces()).hasSize(model.configuration().vocabSize());
      assertThat(model.endsWithBos()).isTrue();
      for (String name : model.tensors().keySet()) {
        assertThat(Samples.decoded(model, name)).as(name).isNotEmpty().doesNotContain(Float.NaN);
      }
    }
  }

  @Test void map_twice_givesTheSame() throws IOException {
    try (Checkpoint model = BuiltInCheckpoint.open()) {
      assertThat(Samples.decoded(model, TensorNames.FINAL_NORM))
          .isEqualTo(Samples.decoded(model, TensorNames.FINAL_NORM));
    }
  }
}
