package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerStep;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsAndDrawsTest {

  private static final FixedContext CONTEXT = new FixedContext(0.5f);

  @Test void greedy_severalMaxima_takesTheFirstWithoutARandomNumber() {
    FixedContext context = new FixedContext(0.5f);
    assertThat(new Greedy().draw(Given.logits(-1, 5, 5, 2), context)).isEqualTo(1);
    assertThat(new Greedy().draw(Given.logits(Float.NEGATIVE_INFINITY, -1e30f), context)).isEqualTo(1);
    assertThat(new Greedy().draw(Given.logits(-0f, 0f), context)).as("both zeros are equal").isEqualTo(0);
    assertThat(context.draws()).isZero();
  }

  @Test void temperature_dividesEveryLogit() {
    Candidates candidates = Given.logits(1, -3, Float.NEGATIVE_INFINITY);
    new Temperature(0.5f).apply(candidates, CONTEXT);
    assertThat(candidates.logits()).containsExactly(2, -6, Float.NEGATIVE_INFINITY);
    assertThat(Given.ids(candidates)).containsExactly(0, 1, 2);
  }

  @Test void temperature_zero_keepsTheFirstMaximum() {
    Candidates candidates = Given.logits(1, 7, 3, 7);
    new Temperature(0).apply(candidates, CONTEXT);
    assertThat(Given.ids(candidates)).containsExactly(1);
    assertThat(candidates.logits()[0]).isEqualTo(7);
  }

  @Test void topK_equalLogits_keepsTheEarlierAndTakesBothZerosAsEqual() {
    Candidates candidates = Given.logits(0, -0f, 1, 0, -0f, -1);
    new TopK(4).apply(candidates, CONTEXT);
    assertThat(Given.ids(candidates)).containsExactly(2, 0, 1, 3);
  }

  @Test void typical_equallyTypical_keepsTheEarlier() {
    Candidates candidates = Given.logits(Given.logarithms(0.5, 0.25, 0.125, 0.125));
    new Typical(0.8).apply(candidates, CONTEXT);
    assertThat(Given.ids(candidates)).containsExactly(1, 0, 2);
  }

  @Test void xtc_randomFloats_areTakenOnlyWhereSomethingCanBeDropped() {
    FixedContext context = new FixedContext(0.5f);
    new Xtc(0, 0.1).apply(Given.logits(1, 2), context);
    new Xtc(1, 0.51).apply(Given.logits(1, 2), context);
    new Xtc(1, 0.1).apply(Given.logits(1), context);
    assertThat(context.draws()).isZero();
    new Xtc(1, 0.1).apply(Given.logits(1, 2), context);
    assertThat(context.draws()).isEqualTo(1);
  }

  @Test void xtc_equallyImprobable_keepsTheLast() {
    Candidates candidates = Given.logits(1, 1, 1, -9);
    new Xtc(1, 0.1).apply(candidates, CONTEXT);
    assertThat(Given.ids(candidates)).containsExactly(2, 3);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.3f, 0.7f}) void xtc_coin_decides(float coin) {
    Candidates candidates = Given.logits(1, 1);
    new Xtc(0.5, 0.1).apply(candidates, new FixedContext(coin));
    assertThat(candidates.size()).isEqualTo(coin < 0.5 ? 1 : 2);
  }

  @Test void mirostat_limit_adaptsByTheSurpriseAmongThoseLeft() {
    // probabilities 1/2, 1/4, 1/4: surprises of 1 and 2 bits; the limit begins at 2 * 0.75 and keeps the first alone
    float[] logits = Given.logarithms(0.5, 0.25, 0.25);
    Mirostat mirostat = new Mirostat(0.75, 1);
    FixedContext late = new FixedContext(0.99f);
    assertThat(mirostat.draw(Given.logits(logits), late)).isEqualTo(0);
    // no surprise: the limit rises by 0.75 to 2.25 and keeps all
    SamplerDraw copy = mirostat.copy();
    assertThat(mirostat.draw(Given.logits(logits), late)).isEqualTo(2);
    // 2 bits: it falls by 1.25 to 1
    assertThat(mirostat.draw(Given.logits(Given.logarithms(0.4, 0.3, 0.3)), late)).as("1.3 bits are too many")
        .isEqualTo(0);
    assertThat(copy.draw(Given.logits(logits), late)).as("the copy's limit is its own").isEqualTo(2);
    mirostat.reset();
    assertThat(mirostat.draw(Given.logits(logits), late)).as("the first limit").isEqualTo(0);
    assertThat(late.draws()).isEqualTo(5);
  }

  @Test void topP_handComputedCase_keepsSortedAndTheOneThatExceeds() {
    float[] logits = Given.logarithms(0.3, 0.05, 0.5, 0.15);
    assertThat(kept(0.6f, logits)).containsExactly(2, 0);
    assertThat(kept(0.45f, logits)).containsExactly(2);
    assertThat(kept(0.9f, logits)).containsExactly(2, 0, 3);
    assertThat(kept(0, logits)).containsExactly(2);
    assertThat(kept(1, logits)).as("all, in their order").containsExactly(0, 1, 2, 3);
  }

  @Test void topP_kept_haveTheirLogits() {
    float[] logits = Given.logarithms(0.3, 0.05, 0.5, 0.15);
    Candidates candidates = Given.logits(logits);
    new TopP(0.6f).apply(candidates, CONTEXT);
    assertThat(Arrays.copyOf(candidates.logits(), 2)).containsExactly(logits[2], logits[0]);
  }

  @Test void topP_equalProbabilities_keepsTheEarlier() {
    assertThat(kept(0.3f, new float[]{1, 1, 1, 1, 1, 1, 1, 1})).containsExactly(0, 1, 2);
  }

  @Test void topP_singleCandidateOrTokensThatMustNotCome_leavesOneAtLeast() {
    assertThat(kept(0.5f, new float[]{7})).containsExactly(0);
    assertThat(kept(0, new float[]{7})).containsExactly(0);
    assertThat(kept(0.99f, new float[]{Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY})).containsExactly(1);
  }

  @Test void topP_thenMultinomial_isLlama2cUpToRounding() {
    Random random = new Random(20_260_106L);
    int same = 0;
    for (int round = 0; round < 500; round++) {
      float[] logits = Given.random(random, 300, 3);
      float coin = random.nextInt(1 << 24) / 16777216f;
      Candidates candidates = Given.logits(logits);
      new TopP(0.9f).apply(candidates, CONTEXT);
      int drawn = new Multinomial().draw(candidates, new FixedContext(coin));
      same += drawn == new PlainLlama2c(1, 0.9f).sample(logits, coin) ? 1 : 0;
    }
    assertThat(same).isGreaterThanOrEqualTo(498);
  }

  @Test void multinomial_handComputedCase_goesByOrder() {
    float[] logits = Given.logarithms(0.25, 0.5, 0.25);
    assertThat(multinomial(logits, 0)).isEqualTo(0);
    assertThat(multinomial(logits, 0.2499f)).isEqualTo(0);
    assertThat(multinomial(logits, 0.2501f)).isEqualTo(1);
    assertThat(multinomial(logits, 0.7501f)).isEqualTo(2);
    assertThat(multinomial(logits, Math.nextDown(1f))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f, 0.99999994f}) void multinomial_zeroProbability_neverDrawn(float coin) {
    float never = Float.NEGATIVE_INFINITY;
    assertThat(multinomial(new float[]{never, -200, 3, never, -200, never}, coin)).isEqualTo(2);
  }

  @Test void multinomial_oneDraw_takesOneRandomFloat() {
    FixedContext context = new FixedContext(0.5f);
    new Multinomial().draw(Given.logits(1, 2, 3), context);
    assertThat(context.draws()).isEqualTo(1);
  }

  @Test void drawsAndTopP_logitsThatAreNoNumbers_areRefusedByToken() {
    List<SamplerDraw> draws = List.of(new Greedy(), new Multinomial(), new Llama2cDraw(0, 0.9f),
        new Llama2cDraw(1, 0.9f),
        new Llama2cDraw(1, 1), new Mirostat(5, 0.1), applied(new TopP(0.5f)), applied(new TopK(2)),
        applied(new TopK(0)),
        applied(new MinP(1)), applied(new TopNSigma(1)), applied(new Typical(0.5)), applied(new Xtc(0.5, 0.1)),
        applied(new DynamicTemperature(0.5, 1, 1)), applied(new Temperature(0)));
    for (int i = 0; i < draws.size(); i++) {
      SamplerDraw draw = draws.get(i);
      assertThatIllegalArgumentException().as("draw %d", i)
          .isThrownBy(() -> draw.draw(Given.logits(1, 2, Float.NaN, 1), CONTEXT))
          .withMessage("logits hold NaN at token 2; the checkpoint is damaged or a kernel is wrong");
      assertThatIllegalArgumentException().as("draw %d", i)
          .isThrownBy(() -> draw.draw(Given.logits(Float.NaN, 2), CONTEXT))
          .withMessage("logits hold NaN at token 0; the checkpoint is damaged or a kernel is wrong");
      assertThatIllegalArgumentException().as("draw %d", i)
          .isThrownBy(() -> draw.draw(Given.logits(1, Float.POSITIVE_INFINITY), CONTEXT))
          .withMessage("logits hold infinity at token 1; the checkpoint is damaged or a kernel is wrong");
      assertThatIllegalArgumentException().as("draw %d", i)
          .isThrownBy(() -> draw.draw(Given.logits(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY), CONTEXT))
          .withMessageStartingWith("all 2 logits are -infinity");
    }
  }

  private static SamplerDraw applied(SamplerStep step) {
    return (candidates, context) -> {
      step.apply(candidates, context);
      return 0;
    };
  }

  private static int[] kept(float share, float[] logits) {
    Candidates candidates = Given.logits(logits);
    SamplerStep step = new TopP(share);
    step.apply(candidates, CONTEXT);
    return Given.ids(candidates);
  }

  private static int multinomial(float[] logits, float coin) {
    return new Multinomial().draw(Given.logits(logits), new FixedContext(coin));
  }
}
