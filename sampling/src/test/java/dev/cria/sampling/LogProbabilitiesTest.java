package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogProbabilitiesTest {

  private static final float NEVER = Float.NEGATIVE_INFINITY;

  @Test void of_logits_areTheLogarithmsOfSoftmax() {
    float[] logits = {9, 0, (float) Math.log(3), NEVER, (float) Math.log(4), 9};
    LogProbabilities read = LogProbabilities.of(logits, 1, 4, 1, 2);
    assertThat(read.token()).isEqualTo(1);
    assertThat(read.logProbability()).isCloseTo(Math.log(3 / 8.0), within(1e-6));
    assertThat(read.top()).extracting(LogProbabilities.Entry::token).containsExactly(3, 1);
    assertThat(read.top().getFirst().logProbability()).isCloseTo(Math.log(0.5), within(1e-6));
    assertThat(logits).as("the caller's").startsWith(9, 0).endsWith(9);
  }

  @Test void of_fewerThanAsked_givesThosePossible() {
    float[] logits = {1, NEVER, 1};
    assertThat(LogProbabilities.of(logits, 0, 3, 0, 10).top()).extracting(LogProbabilities.Entry::token)
        .containsExactly(0, 2);
    assertThat(LogProbabilities.of(logits, 0, 3, 0, 0).top()).isEmpty();
    assertThat(LogProbabilities.of(logits, 0, 3, 1, 0).logProbability()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test void of_veryUnlikelyToken_hasALogarithmAllTheSame() {
    assertThat(LogProbabilities.of(new float[]{0, -5000}, 0, 2, 1, 0).logProbability()).isEqualTo(-5000);
  }

  @Test void of_noLogits_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogProbabilities.of(new float[]{0, Float.NaN}, 0, 2, 0, 1))
        .withMessageStartingWith("logits hold NaN at token 1");
  }
}
