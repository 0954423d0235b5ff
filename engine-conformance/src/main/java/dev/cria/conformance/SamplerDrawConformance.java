package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SamplerDraw} must do. Extend it, return your provider and parameters, and the tests run.
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
   * Parameters that the draw takes: every one that it has.
   *
   * @return none if it has none
   */
  @Override protected abstract SamplerParameters parameters();

  /**
   * Parameters that the draw must refuse because a value is out of range.
   *
   * @return empty if, and only if, it has no parameters
   */
  @Override protected abstract List<SamplerParameters> outOfRange();

  /**
   * Names of parameters that may be left out.
   *
   * @return none by default
   */
  @Override protected Set<String> optional() {
    return Set.of();
  }

  @Override final Subject create(SamplerParameters parameters) {
    return new Draw(provider().create(parameters));
  }

  @Test
  void draw_fromAllTokens_returnsOneOfThem() {
    SamplerDraw draw = provider().create(parameters());
    for (Logits logits : Logits.values()) {
      SamplingContext context = new SampleContext(List.of(0, 0), 7);
      for (int i = 0; i < DRAWS; i++) {
        assertThat(draw.draw(logits.candidates(), context)).as("draw %d from %s", i, logits)
            .isBetween(0, logits.array().length - 1);
      }
    }
  }

  @Test
  void draw_fromWhatStepsLeft_returnsOneOfThose() {
    SamplerDraw draw = provider().create(parameters());
    for (Logits logits : Logits.values()) {
      SamplingContext context = new SampleContext(List.of(0, 0), 7);
      for (int i = 0; i < DRAWS; i++) {
        Candidates candidates = logits.shortened();
        List<Integer> left = Arrays.stream(candidates.ids(), 0, candidates.size()).boxed().toList();
        assertThat(left).as("candidates of %s, of which draw %d is one", logits, i)
            .contains(draw.draw(candidates, context));
      }
    }
  }

  @Test
  void draw_neverReturnsAnImpossibleToken() {
    SamplerDraw draw = provider().create(parameters());
    Logits logits = Logits.SOME_IMPOSSIBLE;
    SamplingContext context = new SampleContext(List.of(0, 0), 7);
    for (int i = 0; i < 20 * DRAWS; i++) {
      int token = draw.draw(logits.candidates(), context);
      assertThat(logits.array()[token]).as("logit of draw %d, token %d", i, token).isGreaterThan(-1e30f);
    }
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
