package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.Provider;
import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What steps and draws must do alike: parameters, determinism, state. */
abstract class SamplerKit {

  private static final List<Integer> HISTORY = List.of(3, 1, 4, 1, 5, 1, 9, 2, 6, 5, 3);
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
  protected abstract Provider provider();

  /** Parameters that it takes, one value each. */
  protected abstract SamplerParameters parameters();

  /** Parameters that it must refuse because a value is out of range. */
  protected abstract List<SamplerParameters> outOfRange();

  /** Names of parameters that may be left out. */
  protected abstract Set<String> optional();

  abstract Subject create(SamplerParameters parameters);

  @Test
  void provider_isNamedAsUsersWriteIt() {
    assertThat(provider().name()).as("name()").matches("[a-z0-9][a-z0-9._-]{0,39}");
    assertThat(provider().availability().reason()).as("why it cannot run here").isEmpty();
  }

  @Test
  void create_withoutAParameter_isRefusedByName() {
    for (String name : parameters().values().keySet()) {
      Map<String, Double> fewer = new HashMap<>(parameters().values());
      fewer.remove(name);
      if (optional().contains(name)) {
        assertThat(create(new SamplerParameters(fewer))).as("without the optional %s", name).isNotNull();
      } else {
        assertRefused(fewer, name);
      }
    }
    assertThat(parameters().values().keySet()).as("parameters, of which optional() names some").containsAll(optional());
  }

  @Test
  void create_withUnknownParameter_isRefusedByName() {
    Map<String, Double> more = new HashMap<>(parameters().values());
    more.put("noSuchParameter", 1.0);
    assertRefused(more, "noSuchParameter");
  }

  @Test
  void create_withNaN_isRefusedByName() {
    for (String name : parameters().values().keySet()) {
      Map<String, Double> spoilt = new HashMap<>(parameters().values());
      spoilt.put(name, Double.NaN);
      assertRefused(spoilt, name);
    }
  }

  @Test
  void create_withValueOutOfRange_isRefused() {
    assertThat(outOfRange().isEmpty()).as("outOfRange() is empty").isEqualTo(parameters().values().isEmpty());
    for (SamplerParameters wrong : outOfRange()) {
      assertRefused(wrong.values(), "");
    }
  }

  @Test
  void use_withTheSameSeedAndHistory_givesTheSame() {
    for (Logits logits : Logits.values()) {
      assertThat(run(fed(HISTORY), logits, HISTORY)).as("a second run on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test
  void use_besideAnother_isNotDisturbed() {
    for (Logits logits : Logits.values()) {
      List<Integer> alone = run(fed(HISTORY), logits, HISTORY);
      Subject one = fed(HISTORY);
      Subject other = fed(OTHER_HISTORY);
      run(other, logits, OTHER_HISTORY);
      assertThat(run(one, logits, HISTORY)).as("beside another, on %s", logits).isEqualTo(alone);
    }
  }

  @Test
  void copy_ofOneThatHasState_goesOnLikeIt() {
    for (Logits logits : Logits.values()) {
      Subject original = fed(HISTORY);
      Subject copy = original.copy();
      OTHER_HISTORY.forEach(original::accept);
      assertThat(run(copy, logits, HISTORY)).as("a copy, after the original went on, on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test
  void copy_thatGoesOn_leavesTheOriginal() {
    for (Logits logits : Logits.values()) {
      Subject original = fed(HISTORY);
      Subject copy = original.copy();
      OTHER_HISTORY.forEach(copy::accept);
      run(copy, logits, OTHER_HISTORY);
      assertThat(run(original, logits, HISTORY)).as("the original, after a copy went on, on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test
  void reset_forgetsAllTokens() {
    for (Logits logits : Logits.values()) {
      Subject subject = fed(OTHER_HISTORY);
      run(subject, logits, OTHER_HISTORY);
      subject.reset();
      HISTORY.forEach(subject::accept);
      assertThat(run(subject, logits, HISTORY)).as("after reset(), on %s", logits)
          .isEqualTo(run(fed(HISTORY), logits, HISTORY));
    }
  }

  @Test
  void use_inSteadyState_allocatesNothing() {
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

  /** A new one that has learnt a history. */
  final Subject fed(List<Integer> history) {
    Subject subject = create(parameters());
    history.forEach(subject::accept);
    return subject;
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

  private void assertRefused(Map<String, Double> values, String name) {
    assertThatThrownBy(() -> create(new SamplerParameters(values))).as("parameters %s", values)
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name)
        .satisfies(e -> assertThat(e.getMessage()).as("its message").isNotBlank().doesNotContain("\n"));
  }
}
