package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.RopeLayout;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SyntheticCheckpointTest {

  /** The shape of stories15M. */
  private static final ModelConfiguration STORIES_15M = new ModelConfiguration("llama", 288, 768, 6, 6, 6, 48, 32000,
      256,
      1e-5f, new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, 48));

  @Test void summary_shapeOfStories15M_hasItsParameters() {
    CheckpointSummary summary = CheckpointSummary.of(SyntheticCheckpoint.of(STORIES_15M, true, 1));

    assertThat(summary.parameters()).isEqualTo(15_191_712);
    assertThat(summary.weightBytes()).isEqualTo(4 * 15_191_712L);
    assertThat(summary.bytesByEncoding()).containsOnlyKeys("f32");
    assertThat(summary.sharedClassifier()).isTrue();
  }

  @Test void source_namesTheShape() {
    assertThat(SyntheticCheckpoint.of(STORIES_15M, true, 1).source()).isEqualTo("synthetic 288x768x6x6x6x32000x256");
  }

  @Test void weights_ofAMatrix_areNearlyNormal() throws IOException {
    float[] weights = Samples.floats(SyntheticCheckpoint.of(STORIES_15M, true, 7), TensorNames.gateProj(3));

    double sum = 0;
    double squares = 0;
    for (float weight : weights) {
      sum += weight;
      squares += weight * weight;
      assertThat(Math.abs(weight)).as("four uniform numbers reach sqrt(12) deviations").isLessThan(0.0694f);
    }
    // 221,184 elements: five standard errors of the mean and of the deviation
    assertThat(sum / weights.length).isCloseTo(0, within(5 * 0.02 / 470));
    assertThat(Math.sqrt(squares / weights.length)).isCloseTo(0.02, within(5 * 0.02 / 665));
  }

  @Test void weights_ofANorm_areNearOne() throws IOException {
    float[] gains = Samples.floats(Samples.shared(), TensorNames.FINAL_NORM);

    for (float gain : gains) {
      assertThat(gain).as("gain").isCloseTo(1, within(0.07f));
    }
  }

  @Test void weights_sameSeed_areTheSameEachTimeAndDifferFromOthers() throws IOException {
    Checkpoint checkpoint = SyntheticCheckpoint.of(Samples.MODEL, true, 5);
    float[] query = Samples.floats(checkpoint, TensorNames.qProj(0));

    assertThat(Samples.floats(checkpoint, TensorNames.qProj(0))).as("mapped twice").containsExactly(query);
    assertThat(Samples.floats(SyntheticCheckpoint.of(Samples.MODEL, true, 5), TensorNames.qProj(0)))
        .as("made twice").containsExactly(query);
    assertThat(Samples.floats(SyntheticCheckpoint.of(Samples.MODEL, true, 6), TensorNames.qProj(0)))
        .as("another seed").isNotEqualTo(query);
    assertThat(Samples.floats(checkpoint, TensorNames.qProj(1))).as("another layer").isNotEqualTo(query);
  }
}
