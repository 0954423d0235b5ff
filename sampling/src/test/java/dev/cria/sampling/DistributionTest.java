package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Do tokens come as often as they should? Pearson's chi-square, with fixed seeds. */
class DistributionTest {

  private static final int DRAWS = 200_000;
  private static final double[] PROBABILITIES = {0.02, 0.3, 0.08, 0.2, 0.05, 0.25, 0.1};
  private static final float[] LOGITS = Given.logarithms(PROBABILITIES);

  private static final SamplerProviders PROVIDERS = SamplerProviders.of(DistributionTest.class.getClassLoader());

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

  @Test void temperature_raisesProbabilitiesToItsInverse() {
    assertDistribution("temperature=2", normalised(p -> Math.sqrt(p)));
  }

  @Test void topP_isSoftmaxOfTheMostProbable() {
    assertDistribution("top-p=0.7", normalised(p -> p >= 0.2 ? p : 0));
  }

  @Test void topK_isSoftmaxOfTheMostProbable() {
    assertDistribution("top-k=4", normalised(p -> p >= 0.1 ? p : 0));
  }

  @Test void minP_isSoftmaxOfThoseAboveAShareOfTheGreatest() {
    assertDistribution("min-p=0.2", normalised(p -> p >= 0.06 ? p : 0));
  }

  @Test void topNSigma_isSoftmaxOfTheGreatestLogits() {
    double mean = 0;
    for (float logit : LOGITS) {
      mean += logit / LOGITS.length;
    }
    double variance = 0;
    for (float logit : LOGITS) {
      variance += (logit - mean) * (logit - mean) / LOGITS.length;
    }
    double least = Math.log(0.3) - Math.sqrt(variance);
    assertDistribution("top-n-sigma=1", normalised(p -> Math.log(p) >= least ? p : 0));
  }

  @Test void typical_isSoftmaxOfTheLeastSurprising() {
    // entropy 1.70 nats, that of a probability of 0.18; so 0.2, 0.25, 0.3, which exceed 0.7
    assertDistribution("typical=0.7", normalised(p -> p >= 0.2 ? p : 0));
    assertDistribution("typical=0.3", normalised(p -> p == 0.2 || p == 0.25 ? p : 0));
  }

  @Test void xtc_isAMixture() {
    // with 0.25, only 0.1 is left of those that have at least 0.1
    double[] without = normalised(p -> p <= 0.1 ? p : 0);
    double[] mixture = new double[PROBABILITIES.length];
    for (int i = 0; i < mixture.length; i++) {
      mixture[i] = 0.75 * PROBABILITIES[i] + 0.25 * without[i];
    }
    assertDistribution("xtc=0.25:threshold=0.0999", mixture);
  }

  @Test void logitBias_multipliesOdds() {
    assertDistribution("logit-bias=1-" + Math.log(3) + ":bias=2+" + Math.log(2) + ":bias=3-inf",
        normalised(p -> p == 0.3 ? 0.1 : p == 0.08 ? 0.16 : p == 0.2 ? 0 : p));
  }

  @Test void penalties_dividesOddsOfTokensThatCame() {
    Sampler sampler = made("penalties=1:presence=" + Math.log(2) + ":frequency=" + Math.log(3));
    for (int token : new int[]{1, 3, 1}) {
      sampler.accept(token);
    }
    assertDistribution(sampler, normalised(p -> p == 0.3 ? 0.3 / 18 : p == 0.2 ? 0.2 / 6 : p));
  }

  @Test void dry_dividesOddsOfWhatWouldBeRepeated() {
    Sampler sampler = made("dry=" + Math.log(2) + ":base=3");
    for (int token : new int[]{0, 2, 4, 1, 0, 2, 4}) {
      sampler.accept(token);
    }
    assertDistribution(sampler, normalised(p -> p == 0.3 ? 0.3 / 8 : p)); // ln 2 * 3^(3 - 2)
  }

  @Test void dynamicTemperature_goesWithTheEntropy() {
    double entropy = 0;
    for (double p : PROBABILITIES) {
      entropy -= p * Math.log(p);
    }
    double temperature = 0.5 + Math.pow(entropy / Math.log(7), 2);
    assertDistribution("temperature=1:range=0.5:exponent=2", normalised(p -> Math.pow(p, 1 / temperature)));
  }

  @Test void mirostat_text_isAsSurprisingAsAsked() {
    Random random = new Random(20_260_120L);
    for (double target : new double[]{2, 4, 6}) {
      Sampler sampler = PROVIDERS.create(PROVIDERS.plan("mirostat=" + target), SamplerVocabulary.ofSize(1000),
          new XorShift64Star(3));
      double surprise = 0;
      for (int i = 0; i < 2000; i++) {
        float[] logits = Given.random(random, 1000, 2);
        double total = 0;
        for (float logit : logits) {
          total += Math.exp(logit);
        }
        surprise += Math.log(total / Math.exp(logits[sampler.sample(logits, 0)])) / Math.log(2) / 2000;
      }
      // what is measured is the surprise among all tokens; that among those left is less, and it is what adapts
      assertThat(surprise).as("bits a token, of %s", target).isBetween(target, target + 4);
    }
  }

  @Test void llamaCpp_isTopKTopPMinPThenTemperature() {
    // 0.3 + 0.25 + 0.2 + 0.1 + 0.08 + 0.05 = 0.98 exceeds 0.95; a twentieth of 0.3 is 0.015
    assertDistribution("llama.cpp", normalised(p -> p >= 0.05 ? Math.pow(p, 1 / 0.8) : 0));
  }

  @Test void order_matters() {
    // after temperature 2, 0.3 + 0.25 + 0.2 have 0.60 and 0.1 is needed to exceed 0.7
    assertDistribution("temperature=2,top-p=0.7", normalised(p -> p >= 0.1 ? Math.sqrt(p) : 0));
    assertDistribution("top-p=0.7,temperature=2", normalised(p -> p >= 0.2 ? Math.sqrt(p) : 0));
  }

  private static double[] normalised(DoubleUnaryOperator weight) {
    double[] weights = new double[PROBABILITIES.length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight.applyAsDouble(PROBABILITIES[i]);
      total += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= total;
    }
    return weights;
  }

  private static Sampler made(String text) {
    return PROVIDERS.create(PROVIDERS.plan(text), SamplerVocabulary.ofSize(LOGITS.length),
        new XorShift64Star(20_260_119L));
  }

  private static void assertDistribution(String text, double[] expected) {
    assertDistribution(made(text), expected);
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
