package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplingContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link SamplerDraw} must do. Extend it, return your provider, parameters and examples, and the tests run.
 *
 * @since 0.1
 */
public abstract class SamplerDrawConformance extends SamplerKit {

  private static final int DRAWS = 50;

  /** For subclasses. */
  protected SamplerDrawConformance() {}

  /**
   * The provider of the draw to test.
   *
   * @return a new instance or the same one at every call
   */
  @Override protected abstract SamplerDrawProvider provider();

  /**
   * Parameters at which the draw does something, as a user gives them; those left out are as declared.
   *
   * @return none if it has none
   */
  @Override protected abstract SamplerParameters parameters();

  /**
   * How often the first draw takes each token, computed by hand.
   *
   * @return at least one
   */
  protected abstract List<DrawExample> examples();

  @Override final Subject make(SamplerParameters checked) {
    return new Draw(provider().create(checked, VOCABULARY));
  }

  @Override final void assertSound(SamplerParameters parameters) {
    SamplerDraw draw = draw(parameters);
    for (Logits logits : Logits.values()) {
      SamplingContext context = new SampleContext(HISTORY, 7);
      for (int i = 0; i < DRAWS; i++) {
        assertThat(draw.draw(logits.candidates(), context)).as("draw %d from %s with %s", i, logits, parameters)
            .isBetween(0, logits.array().length - 1);
      }
    }
  }

  @Test void draw_fromAllTokens_returnsOneOfThem() {
    assertSound(parameters());
  }

  @Test void draw_fromWhatStepsLeft_returnsOneOfThose() {
    SamplerDraw draw = draw(parameters());
    for (Logits logits : Logits.values()) {
      SamplingContext context = new SampleContext(HISTORY, 7);
      for (int i = 0; i < DRAWS; i++) {
        Candidates candidates = logits.shortened();
        List<Integer> left = Arrays.stream(candidates.ids(), 0, candidates.size()).boxed().toList();
        assertThat(left).as("candidates of %s, of which draw %d is one", logits, i)
            .contains(draw.draw(candidates, context));
      }
    }
  }

  @Test void draw_neverReturnsAnImpossibleToken() {
    SamplerDraw draw = draw(parameters());
    Logits logits = Logits.SOME_IMPOSSIBLE;
    SamplingContext context = new SampleContext(HISTORY, 7);
    for (int i = 0; i < 20 * DRAWS; i++) {
      int token = draw.draw(logits.candidates(), context);
      assertThat(logits.array()[token]).as("logit of draw %d, token %d", i, token).isGreaterThan(-1e30f);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY}) void draw_fromWhatIsNoLogit_isRefused(float wrong) {
    for (int place = 0; place < 3; place++) {
      float[] logits = {1, 2, 3};
      logits[place] = wrong;
      assertRefused(logits);
    }
  }

  @Test void draw_fromNothingPossible_isRefused() {
    assertRefused(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @Test void draw_fromExamples_takesEachTokenAsOftenAsTheySay() {
    assertThat(examples()).as("examples()").isNotEmpty();
    for (DrawExample example : examples()) {
      assertFits(example, 0);
    }
  }

  /** Probabilities are those of softmax, to which only differences of logits matter. */
  @ParameterizedTest
  @ValueSource(floats = {-300, 300}) void draw_fromExamplesFarFromZero_takesEachTokenAsOften(float shift) {
    for (DrawExample example : examples()) {
      assertFits(example, shift);
    }
  }

  private void assertFits(DrawExample example, float shift) {
    float[] logits = example.logits().clone();
    for (int i = 0; i < logits.length; i++) {
      logits[i] += shift;
    }
    SamplingContext context = new SampleContext(List.of(), 20_260_118L);
    Candidates candidates = new Candidates(logits.length);
    int[] counts = new int[logits.length];
    for (int i = 0; i < 20_000; i++) {
      candidates.reset(logits, 0);
      counts[draw(example.parameters()).draw(candidates, context)]++;
    }
    ChiSquare.assertFits(counts, example.probabilities(), example.parameters() + " of logits + " + shift);
  }

  private SamplerDraw draw(SamplerParameters given) {
    return provider().create(provider().check(given), VOCABULARY);
  }

  private void assertRefused(float... logits) {
    Candidates candidates = new Candidates(logits.length);
    candidates.reset(logits, 0);
    SamplerDraw draw = draw(parameters());
    assertThatIllegalArgumentException().as("a draw from %s", Arrays.toString(logits))
        .isThrownBy(() -> draw.draw(candidates, new SampleContext(List.of(), 7)));
  }

  private record Draw(SamplerDraw draw) implements Subject {
    @Override public void use(Candidates candidates, SamplingContext context) {
      draw.draw(candidates, context);
    }

    @Override public List<Integer> outcome(Candidates candidates, SamplingContext context) {
      return List.of(draw.draw(candidates, context));
    }

    @Override public void accept(int token) {
      draw.accept(token);
    }

    @Override public void reset() {
      draw.reset();
    }

    @Override public Subject copy() {
      return new Draw(draw.copy());
    }
  }
}
