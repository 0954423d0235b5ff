package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Do tokens come as often as they should? Pearson's chi-square, with fixed seeds. */
class DistributionTest {

  private static final int DRAWS = 200_000;
  private static final double[] PROBABILITIES = {0.02, 0.3, 0.08, 0.2, 0.05, 0.25, 0.1};
  private static final float[] LOGITS = Given.logarithms(PROBABILITIES);

  /** Exceeded with probability 0.001 at most, for 6 degrees of freedom or fewer. */
  private static final double CRITICAL = 22.46;

  @Test void llama2c_allOfTheProbability_isSoftmax() {
    assertDistribution(Samplers.llama2c(LOGITS.length, 1, 1, 20_260_107L), PROBABILITIES);
  }

  @Test void llama2c_share_isSoftmaxOfTheMostProbable() {
    // 0.3 + 0.25 + 0.2 = 0.75 exceeds 0.7
    assertDistribution(Samplers.llama2c(LOGITS.length, 1, 0.7, 20_260_108L),
        new double[]{0, 0.3 / 0.75, 0, 0.2 / 0.75, 0, 0.25 / 0.75, 0});
  }

  @Test void multinomial_temperature_raisesProbabilitiesToItsInverse() {
    Sampler sampler = Samplers.compose(LOGITS.length, List.of(SamplerPart.of("temperature", "temperature", 2)),
        SamplerPart.of("multinomial"), new XorShift64Star(20_260_109L));
    double[] expected = new double[PROBABILITIES.length];
    double total = 0;
    for (double p : PROBABILITIES) {
      total += Math.sqrt(p);
    }
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.sqrt(PROBABILITIES[i]) / total;
    }
    assertDistribution(sampler, expected);
  }

  @Test void multinomial_topP_isSoftmaxOfTheMostProbable() {
    Sampler sampler = Samplers.compose(LOGITS.length, List.of(new SamplerPart("top-p", SamplerParameters.of("p", 0.7))),
        SamplerPart.of("multinomial"), new XorShift64Star(20_260_110L));
    assertDistribution(sampler, new double[]{0, 0.3 / 0.75, 0, 0.2 / 0.75, 0, 0.25 / 0.75, 0});
  }

  private static void assertDistribution(Sampler sampler, double[] expected) {
    int[] counts = new int[expected.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.sample(LOGITS, 0)]++;
    }
    double chiSquare = 0;
    for (int i = 0; i < counts.length; i++) {
      if (expected[i] == 0) {
        assertThat(counts[i]).as("token %d must never come", i).isZero();
      } else {
        double difference = counts[i] - expected[i] * DRAWS;
        chiSquare += difference * difference / (expected[i] * DRAWS);
      }
    }
    assertThat(chiSquare).as("chi-square of %d draws", DRAWS).isLessThan(CRITICAL);
  }
}
