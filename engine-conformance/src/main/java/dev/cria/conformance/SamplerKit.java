package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.api.sampling.SamplingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What steps and draws must do alike: parameters, determinism, state. */
abstract class SamplerKit {

  static final SamplerVocabulary VOCABULARY = new SampleVocabulary(1000);
  static final List<Integer> HISTORY = List.of(3, 1, 4, 1, 5, 1, 9, 2, 6, 5, 3);
  private static final List<Integer> OTHER_HISTORY = List.of(2, 7, 1, 1, 1, 8, 2, 8, 0, 0, 1, 12);

  /** A step or a draw. */
  interface Subject {
    /** Works on the candidates. */
    void use(Candidates candidates, SamplingContext context);

    /** Works on the candidates and tells all that came of it. */
    List<Integer> outcome(Candidates candidates, SamplingContext context);

    void accept(int token);

    void reset();

    Subject copy();
  }

  /** The provider of what is put to the test. */
  protected abstract SamplerProvider provider();

  /** Parameters at which it does something. */
  protected abstract SamplerParameters parameters();

  /** A new one, by parameters that were checked. */
  abstract Subject make(SamplerParameters checked);

  /** Uses a new one on all kinds of logits, and fails where it breaks the contract. */
  abstract void assertSound(SamplerParameters parameters);

  @Test void provider_isNamedAndDescribedAsUsersReadIt() {
    assertThat(provider().name()).as("name()").matches("[a-z0-9][a-z0-9._-]{0,39}");
    assertThat(provider().availability().reason()).as("why it cannot run here").isEmpty();
    assertThat(provider().summary()).as("summary()").isNotBlank().doesNotContain("\n").doesNotEndWith(".");
  }

  @Test void parameters_areDeclaredSoundly() {
    List<SamplerParameter> declared = provider().parameters();
    assertThat(provider().parameters()).as("parameters(), asked again").isEqualTo(declared);
    assertThat(declared).as("names").extracting(SamplerParameter::name).doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[a-z0-9][a-zA-Z0-9-]{0,39}"));
    for (SamplerParameter parameter : declared) {
      assertThat(parameter.meaning()).as("meaning of %s", parameter.name()).isNotBlank().doesNotContain("\n");
      assertThat(parameter.least()).as("least %s", parameter.name()).isLessThanOrEqualTo(parameter.most());
      if (parameter.isOptional()) {
        assertThatNoException().as("%s of %s", parameter.standard(), parameter.name()).isThrownBy(
            () -> provider().check(without(parameter.name())));
      }
    }
    assertThatNoException().as("parameters() of this test").isThrownBy(() -> create(parameters()));
  }

  @Test void create_atEveryEdgeOfARange_worksOrIsRefusedInOneLine() {
    for (SamplerParameter parameter : provider().parameters()) {
      if (parameter.kind() == SamplerParameter.Kind.TEXTS) {
        continue; // what texts mean is not declared
      }
      for (double edge : new double[]{parameter.least(), parameter.most()}) {
        SamplerParameters edged = without(parameter.name()).and(parameter.name(), edge);
        try {
          create(edged);
        } catch (IllegalArgumentException e) {
          assertThat(e.getMessage()).as("message for %s", edged).isNotBlank().doesNotContain("\n");
          continue;
        }
        assertSound(edged);
      }
    }
  }

  @Test void use_withTheSameSeedAndHistory_givesTheSame() {
    for (Logits logits : Logits.values()) {
      assertThat(run(fed(HISTORY), logits, HISTORY)).as("a second run on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test void use_besideAnother_isNotDisturbed() {
    for (Logits logits : Logits.values()) {
      List<Integer> alone = run(fed(HISTORY), logits, HISTORY);
      Subject one = fed(HISTORY);
      Subject other = fed(OTHER_HISTORY);
      run(other, logits, OTHER_HISTORY);
      assertThat(run(one, logits, HISTORY)).as("beside another, on %s", logits).isEqualTo(alone);
    }
  }

  @Test void copy_ofOneThatHasState_goesOnLikeIt() {
    for (Logits logits : Logits.values()) {
      Subject original = fed(HISTORY);
      Subject copy = original.copy();
      OTHER_HISTORY.forEach(original::accept);
      assertThat(run(copy, logits, HISTORY)).as("a copy, after the original went on, on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test void copy_thatGoesOn_leavesTheOriginal() {
    for (Logits logits : Logits.values()) {
      Subject original = fed(HISTORY);
      Subject copy = original.copy();
      OTHER_HISTORY.forEach(copy::accept);
      run(copy, logits, OTHER_HISTORY);
      assertThat(run(original, logits, HISTORY)).as("the original, after a copy went on, on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test void reset_forgetsAllTokens() {
    for (Logits logits : Logits.values()) {
      Subject subject = fed(OTHER_HISTORY);
      run(subject, logits, OTHER_HISTORY);
      subject.reset();
      HISTORY.forEach(subject::accept);
      assertThat(run(subject, logits, HISTORY)).as("after reset(), on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test void use_inSteadyState_allocatesNothing() {
    for (Logits logits : List.of(Logits.MANY, Logits.EQUAL)) {
      Subject subject = fed(HISTORY);
      Candidates candidates = logits.candidates();
      float[] values = logits.array();
      SamplingContext context = new SampleContext(HISTORY, 1);
      Allocation.assertStops(() -> {
        candidates.reset(values, 0);
        subject.use(candidates, context);
        subject.accept(1);
      });
    }
  }

  /** A new one, as a user gives parameters. */
  final Subject create(SamplerParameters given) {
    return make(provider().check(given));
  }

  /** A new one that has learnt a history. */
  final Subject fed(List<Integer> history) {
    return fed(parameters(), history);
  }

  /** The same with other parameters. */
  final Subject fed(SamplerParameters parameters, List<Integer> history) {
    Subject subject = create(parameters);
    history.forEach(subject::accept);
    return subject;
  }

  private SamplerParameters without(String name) {
    Map<String, List<String>> fewer = new HashMap<>(parameters().values());
    fewer.remove(name);
    return new SamplerParameters(fewer);
  }

  /** What comes of twenty uses with one generator. */
  private static List<Integer> run(Subject subject, Logits logits, List<Integer> history) {
    SamplingContext context = new SampleContext(history, 7);
    List<Integer> outcomes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      outcomes.addAll(subject.outcome(logits.candidates(), context));
    }
    return outcomes;
  }
}
