package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SamplerStep} must do. Extend it, return your provider and parameters, and the tests run.
 *
 * @since 0.1
 */
public abstract class SamplerStepConformance extends SamplerKit {

  /** For subclasses. */
  protected SamplerStepConformance() {}

  /**
   * The provider of the step to test.
   *
   * @return a new instance or the same one at every call
   */
  @Override protected abstract SamplerStepProvider provider();

  /**
   * Parameters that the step takes: every one that it has, each with a value at which it does something.
   *
   * @return none if it has none
   */
  @Override protected abstract SamplerParameters parameters();

  /**
   * Parameters that the step must refuse because a value is out of range.
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
    return new Step(provider().create(parameters));
  }

  @Test
  void apply_toAllTokens_keepsSomeAndAddsNone() {
    for (Logits logits : Logits.values()) {
      assertKeepsSome(logits.candidates(), logits.toString());
    }
  }

  @Test
  void apply_toWhatAnotherStepLeft_keepsSomeAndAddsNone() {
    for (Logits logits : Logits.values()) {
      assertKeepsSome(logits.shortened(), logits + " shortened");
    }
  }

  @Test
  void apply_again_keepsSomeAndAddsNone() {
    for (Logits logits : Logits.values()) {
      Candidates candidates = logits.candidates();
      SamplerStep step = provider().create(parameters());
      for (int i = 0; i < 5; i++) {
        step.apply(candidates, new SampleContext(List.of(), i));
      }
      assertKeepsSome(candidates, logits + " five times");
    }
  }

  private void assertKeepsSome(Candidates candidates, String name) {
    Set<Integer> before = Set.copyOf(ids(candidates));
    provider().create(parameters()).apply(candidates, new SampleContext(List.of(1, 0), 7));
    List<Integer> after = ids(candidates);
    assertThat(candidates.size()).as("candidates left of %s", name).isBetween(1, before.size());
    assertThat(after).as("ids left of %s", name).doesNotHaveDuplicates();
    assertThat(before).as("ids before, of %s", name).containsAll(after);
  }

  private static List<Integer> ids(Candidates candidates) {
    return Arrays.stream(candidates.ids(), 0, candidates.size()).boxed().toList();
  }

  private record Step(SamplerStep step) implements Subject {
    @Override public void use(Candidates candidates, SamplingContext context) {
      step.apply(candidates, context);
    }

    @Override public List<Integer> outcome(Candidates candidates, SamplingContext context) {
      step.apply(candidates, context);
      List<Integer> outcome = new ArrayList<>(ids(candidates));
      for (int i = 0; i < candidates.size(); i++) {
        outcome.add(Float.floatToRawIntBits(candidates.logits()[i]));
      }
      return outcome;
    }

    @Override public void accept(int token) {
      step.accept(token);
    }

    @Override public void reset() {
      step.reset();
    }

    @Override public Subject copy() {
      return new Step(step.copy());
    }
  }
}
