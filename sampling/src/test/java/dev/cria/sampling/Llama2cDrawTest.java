package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.Sampler;
import dev.cria.api.sampling.SamplerDraw;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Llama2cDrawTest {

  @Test void draw_temperatureZero_takesTheFirstMaximumWithoutARandomNumber() {
    FixedContext context = new FixedContext(0.5f);
    assertThat(new Llama2cDraw(0, 0.9f).draw(Given.logits(1, 7, 3, 7), context)).isEqualTo(1);
    assertThat(context.draws()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0", "1"}) void draw_allOfTheProbability_goesByIndex(float topP) {
    // probabilities 0.25, 0.5, 0.25, exactly
    float[] logits = {0, (float) Math.log(2), 0};
    SamplerDraw draw = new Llama2cDraw(1, topP);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0))).isEqualTo(0);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.2499f))).isEqualTo(0);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.2501f))).isEqualTo(1);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.7499f))).isEqualTo(1);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.7501f))).isEqualTo(2);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.9999999f))).isEqualTo(2);
  }

  @Test void draw_share_keepsTheElementThatExceedsIt() {
    // sorted: 0.5 (id 2), 0.3 (id 0), 0.15 (id 3), 0.05 (id 1); 0.6 keeps the first two, 0.8 in all
    float[] logits = Given.logarithms(0.3, 0.05, 0.5, 0.15);
    SamplerDraw draw = new Llama2cDraw(1, 0.6f);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0))).isEqualTo(2);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.62f))).as("0.62 * 0.8 < 0.5").isEqualTo(2);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.63f))).as("0.63 * 0.8 > 0.5").isEqualTo(0);
    assertThat(draw.draw(Given.logits(logits), new FixedContext(0.9999999f))).isEqualTo(0);
  }

  @Test void draw_equalProbabilities_goByIndex() {
    float[] logits = {0, 0, 0, 0, 0, 0, 0, 0};
    SamplerDraw draw = new Llama2cDraw(1, 0.5f);
    for (int i = 0; i < 5; i++) {
      float coin = (i + 0.5f) / 5; // five of 0.125 are the first to exceed 0.5
      assertThat(draw.draw(Given.logits(logits), new FixedContext(coin))).as("coin %s", coin).isEqualTo(i);
    }
  }

  @Test void draw_temperature_divides() {
    // at temperature 0.5 the odds of 1 : 2 become 1 : 4
    float[] logits = {0, (float) Math.log(2)};
    assertThat(new Llama2cDraw(0.5f, 1).draw(Given.logits(logits), new FixedContext(0.199f))).isEqualTo(0);
    assertThat(new Llama2cDraw(0.5f, 1).draw(Given.logits(logits), new FixedContext(0.201f))).isEqualTo(1);
  }

  @Test void draw_noneAboveTheCutoff_takesTheMostLikely() {
    assertThat(new Llama2cDraw(1, 0.01f).draw(Given.logits(0, 0.1f), new FixedContext(0.9f))).isEqualTo(1);
    assertThat(new Llama2cDraw(1, 0.5f).draw(Given.logits(3), new FixedContext(0.9f))).isEqualTo(0);
  }

  @Test void draw_tokensThatMustNotCome_neverCome() {
    float never = Float.NEGATIVE_INFINITY;
    for (float topP : new float[]{0.5f, 0.9f, 1}) {
      SamplerDraw draw = new Llama2cDraw(1, topP);
      assertThat(draw.draw(Given.logits(never, 2, never, never), new FixedContext(0))).as("topP %s", topP).isEqualTo(1);
    }
  }

  @Test void draw_shortenedCandidates_givesTheirIds() {
    Candidates candidates = Given.logits(9, 1, 2, 3);
    System.arraycopy(new int[]{3, 1}, 0, candidates.ids(), 0, 2);
    System.arraycopy(new float[]{3, 1}, 0, candidates.logits(), 0, 2);
    candidates.shorten(2);
    assertThat(new Llama2cDraw(1, 1).draw(candidates, new FixedContext(0.95f))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"32000, 2", "32000, 6", "32000, 0.01", "512, 3", "3, 1",
      "2, 1"}) void sample_randomLogits_equalsThePlainDefinition(int vocabSize, double deviation) {
    Random random = new Random(20_260_104L + vocabSize);
    float[][] settings = {{1, 0.9f}, {0.8f, 1}, {1, 0.999999f}, {0.5f, 0.5f}, {3, 0.95f}, {1.3f, 0}, {0.1f, 0.1f}};
    for (float[] setting : settings) {
      long seed = random.nextLong() | 1;
      Sampler sampler = Samplers.llama2c(vocabSize, setting[0], setting[1], seed);
      PlainLlama2c plain = new PlainLlama2c(setting[0], setting[1]);
      XorShift64Star coins = new XorShift64Star(seed);
      for (int i = 0; i < (vocabSize > 1000 ? 4 : 40); i++) {
        float[] logits = coarse(Given.random(random, vocabSize, deviation), i);
        float[] kept = logits.clone();
        assertThat(sampler.sample(logits, 0)).as("temperature and topP %s, draw %d", Arrays.toString(setting), i)
            .isEqualTo(plain.sample(logits, coins.nextFloat()));
        assertThat(logits).as("the caller's logits").isEqualTo(kept);
      }
    }
  }

  @Test void draw_temperatureTooSmallForTheLogits_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Llama2cDraw(1e-40f, 0.9f).draw(Given.logits(3, 2), new FixedContext(0)))
        .withMessageContaining("is too small: a logit divided by it overflows; 0 takes the most likely token");
  }

  /** Every other time rounded to quarters, so that many are equal. */
  private static float[] coarse(float[] logits, int round) {
    if (round % 2 == 1) {
      for (int i = 0; i < logits.length; i++) {
        logits[i] = Math.round(4 * logits[i]) / 4f;
      }
    }
    return logits;
  }
}
