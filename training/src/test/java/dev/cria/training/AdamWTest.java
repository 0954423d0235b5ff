package dev.cria.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.inference.ThreadTeam;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AdamWTest {

  private static final AdamW.Constants CONSTANTS = new AdamW.Constants(0.9, 0.95, 1e-8, 0.1, 1);

  private final ParameterLayout layout = ParameterLayout.of(TestModels.model(4, 6, 1, 2, 1, 7, 8));
  private final Parameters weights = new Parameters(layout);
  private final Parameters gradients = new Parameters(layout);
  private final Parameters mean = new Parameters(layout);
  private final Parameters meanSquare = new Parameters(layout);
  private final AdamW optimiser = new AdamW(CONSTANTS, weights, gradients, mean, meanSquare);

  private void step(int number) {
    try (ThreadTeam team = new ThreadTeam(2, ScratchSize.NONE)) {
      team.run(optimiser::measure);
      team.run(worker -> optimiser.step(worker, number, 0.01));
    }
  }

  /*
   * One gradient of 0.3, less than the norm at which it is clipped. m = 0.1 · 0.3, v = 0.05 · 0.09; without their bias they are
   * 0.3 and 0.09, so the step is the learning rate itself: w = 0.5 · (1 − 0.01 · 0.1) − 0.01 = 0.4895. The gain does not decay.
   * The second step, with gradient −0.1: m = 0.9 · 0.03 − 0.1 · 0.1 = 0.017, v = 0.95 · 0.0045 + 0.05 · 0.01 = 0.004775;
   * m̂ = 0.017 / 0.19, v̂ = 0.004775 / 0.0975; w = 0.4895 · 0.999 − 0.01 · 0.0894737 / 0.2213015 = 0.4849674.
   */
  @Test void step_ofOneGradient_isThatOfTheFormula() {
    int matrix = layout.tensor(TensorNames.qProj(0)).offset() + 3;
    int gain = layout.tensor(TensorNames.FINAL_NORM).offset() + 1;
    Arrays.fill(weights.data(), 0.5f);
    gradients.data()[matrix] = 0.3f;
    gradients.data()[gain] = 0.4f;
    step(1);
    assertThat((double) weights.data()[matrix]).isCloseTo(0.4895, within(1e-7));
    assertThat((double) weights.data()[gain]).isCloseTo(0.49, within(1e-7));
    assertThat((double) weights.data()[matrix + 1]).as("a weight without gradient").isCloseTo(0.4995, within(1e-7));
    assertThat(gradients.data()).as("gradients afterwards").containsOnly(0f);

    gradients.data()[matrix] = -0.1f;
    step(2);
    assertThat((double) weights.data()[matrix]).isCloseTo(0.4849674, within(1e-7));
  }

  @Test void step_ofALongGradient_isClipped() {
    gradients.data()[0] = 3f;
    gradients.data()[1] = 4f;
    step(1);
    assertThat((double) mean.data()[0]).as("a tenth of 3 / 5").isCloseTo(0.06, within(1e-7));
    assertThat((double) mean.data()[1]).isCloseTo(0.08, within(1e-7));
  }

  @Test void learningRate_risesThenFollowsHalfACosine() {
    LearningRate rate = new LearningRate(1, 0.1, 10, 110);
    assertThat(rate.at(1)).isEqualTo(0.1);
    assertThat(rate.at(10)).isEqualTo(1);
    assertThat(rate.at(60)).isCloseTo(0.55, within(1e-12));
    assertThat(rate.at(110)).isCloseTo(0.1, within(1e-12));
  }
}
