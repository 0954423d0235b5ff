package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SamplerStep} must do. Extend it, return your provider, parameters and examples, and the tests run.
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
   * Parameters at which the step does something, as a user gives them; those left out are as declared.
   *
   * @return none if it has none
   */
  @Override protected abstract SamplerParameters parameters();

  /**
   * What comes of some logits, computed by hand: enough to tell the step from one that keeps one too many.
   *
   * <p>The test holds the step to them with candidates in order of id, and with the same ones in another order, where all but
   * the order must come out alike.
   *
   * @return at least one
   */
  protected abstract List<StepExample> examples();

  /**
   * Whether the most probable candidate is always among those left.
   *
   * @return true by default
   */
  protected boolean keepsTheMostProbable() {
    return true;
  }

  @Override final Subject make(SamplerParameters checked) {
    return new Step(provider().create(checked, VOCABULARY));
  }

  @Override final void assertSound(SamplerParameters parameters) {
    for (Logits logits : Logits.values()) {
      assertKeepsSome(parameters, logits.candidates(), logits + " with " + parameters);
    }
  }

  @Test void apply_toAllTokens_keepsSomeAndAddsNone() {
    assertSound(parameters());
  }

  @Test void apply_toWhatAnotherStepLeft_keepsSomeAndAddsNone() {
    for (Logits logits : Logits.values()) {
      assertKeepsSome(parameters(), logits.shortened(), logits + " shortened");
    }
  }

  @Test void apply_again_keepsSomeAndAddsNone() {
    for (Logits logits : Logits.values()) {
      Candidates candidates = logits.candidates();
      Subject step = create(parameters());
      for (int i = 0; i < 5; i++) {
        step.use(candidates, new SampleContext(List.of(), i));
      }
      assertKeepsSome(parameters(), candidates, logits + " five times");
    }
  }

  @Test void apply_toCandidatesInAnotherOrder_leavesTheSame() {
    for (Logits logits : List.of(Logits.FEW, Logits.MANY)) { // without equals, of which any may be left
      Candidates candidates = logits.candidates();
      fed(HISTORY).use(candidates, new SampleContext(HISTORY, 7));
      Candidates others = shuffled(logits.candidates());
      fed(HISTORY).use(others, new SampleContext(HISTORY, 7));
      assertAlike(logits(others), logits(candidates), "what is left of " + logits + " in another order");
    }
  }

  @Test void apply_toExamples_leavesWhatTheySay() {
    assertThat(examples()).as("examples()").isNotEmpty();
    for (StepExample example : examples()) {
      Candidates candidates = new Candidates(example.logits().length);
      candidates.reset(example.logits(), 0);
      use(example, candidates);
      assertThat(ids(candidates)).as("ids left by %s of %s", example.parameters(), Arrays.toString(example.logits()))
          .isEqualTo(Arrays.stream(example.ids()).boxed().toList());
      assertAlike(logits(candidates), expected(example), "logits left by " + example.parameters());
    }
  }

  @Test void apply_toExamplesInAnotherOrder_leavesWhatTheySay() {
    for (StepExample example : examples()) {
      Candidates candidates = new Candidates(example.logits().length);
      candidates.reset(example.logits(), 0);
      use(example, shuffled(candidates));
      assertAlike(logits(candidates), expected(example), "left by " + example.parameters() + " in another order");
    }
  }

  private void use(StepExample example, Candidates candidates) {
    fed(example.parameters(), example.history()).use(candidates, new SampleContext(example.history(), 7));
  }

  private void assertKeepsSome(SamplerParameters parameters, Candidates candidates, String name) {
    Map<Integer, Float> before = logits(candidates);
    fed(parameters, HISTORY).use(candidates, new SampleContext(HISTORY, 7));
    List<Integer> ids = ids(candidates);
    assertThat(candidates.size()).as("candidates left of %s", name).isBetween(1, before.size());
    assertThat(ids).as("ids left of %s", name).doesNotHaveDuplicates();
    assertThat(before.keySet()).as("ids before, of %s", name).containsAll(ids);
    Map<Integer, Float> after = logits(candidates);
    after.forEach((id, logit) -> {
      assertThat(logit).as("logit of token %d, left of %s", id, name).isNotNaN().isLessThan(Float.POSITIVE_INFINITY);
      assertThat(isPossible(logit) && !isPossible(before.getOrDefault(id, Float.NaN)))
          .as("impossible token %d of %s came to life", id, name)
          .isFalse();
    });
    assertThat(after.values()).as("logits left of %s, of which one must be possible", name)
        .anyMatch(SamplerStepConformance::isPossible);
    if (keepsTheMostProbable()) {
      float greatest = Collections.max(before.values());
      assertThat(ids).as("ids left of %s, one of them the most probable", name)
          .anyMatch(id -> isAlike(before.getOrDefault(id, Float.NaN), greatest));
    }
  }

  private static boolean isPossible(float logit) {
    return logit > Float.NEGATIVE_INFINITY;
  }

  private static Candidates shuffled(Candidates candidates) {
    Random random = new Random(candidates.size());
    for (int i = candidates.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int id = candidates.ids()[i];
      float logit = candidates.logits()[i];
      candidates.ids()[i] = candidates.ids()[other];
      candidates.logits()[i] = candidates.logits()[other];
      candidates.ids()[other] = id;
      candidates.logits()[other] = logit;
    }
    return candidates;
  }

  private static void assertAlike(Map<Integer, Float> found, Map<Integer, Float> expected, String name) {
    assertThat(found.keySet()).as("ids %s", name).isEqualTo(expected.keySet());
    expected.forEach((id, logit) -> assertThat(isAlike(found.getOrDefault(id, Float.NaN), logit))
        .as("%s: token %d has %s, expected %s", name, id, found.getOrDefault(id, Float.NaN), logit).isTrue());
  }

  /** Equal, but for what rounding may do to sums in another order. */
  private static boolean isAlike(float found, float expected) {
    return found == expected || Math.abs((double) found - expected) <= 1e-4 * Math.max(1, Math.abs(expected));
  }

  private static Map<Integer, Float> expected(StepExample example) {
    Map<Integer, Float> expected = new TreeMap<>();
    for (int i = 0; i < example.ids().length; i++) {
      expected.put(example.ids()[i], example.left()[i]);
    }
    return expected;
  }

  private static Map<Integer, Float> logits(Candidates candidates) {
    Map<Integer, Float> logits = new TreeMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      logits.put(candidates.ids()[i], candidates.logits()[i]);
    }
    return logits;
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
