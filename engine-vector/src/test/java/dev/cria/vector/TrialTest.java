package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a loop on vectors takes the place of its plain twin. */
class TrialTest {

  private static final long MILLISECOND = 1_000_000;

  private final Trial trial = new Trial("", System.nanoTime());

  private boolean takesVectors() {
    return Trial.takesVectors(trial.begin());
  }

  @Test void vectors_beforePlainHasCostMuch_areNotTried() {
    for (int call = 0; call < 8; call++) {
      assertThat(takesVectors()).as("after %d ms", call).isFalse();
      trial.took(false, MILLISECOND, 10);
    }
    trial.took(false, MILLISECOND, 10);
    assertThat(takesVectors()).as("after 9 ms").isTrue();
  }

  @Test void vectors_inARunThatGoesOn_areTriedSoonAndAllTheTime() {
    Trial late = new Trial("", System.nanoTime() - 4_000 * MILLISECOND);
    assertThat(Trial.takesVectors(late.begin())).isFalse();
    late.took(false, 2 * MILLISECOND, 10);
    for (int call = 0; call < 15; call++) {
      assertThat(Trial.takesVectors(late.begin())).as("call %d, however long those before it took", call).isTrue();
      late.took(true, 500 * MILLISECOND, 10);
    }
  }

  @Test void vectors_notCompiledYet_takeNoMoreTimeThanPlain() {
    long plain = 0;
    long vectors = 0;
    for (int call = 0; call < 500; call++) {
      if (takesVectors()) {
        trial.took(true, 3 * MILLISECOND, 10);
        vectors += 3;
      } else {
        trial.took(false, MILLISECOND, 10);
        plain += 1;
      }
    }
    assertThat(trial.isOver()).isFalse();
    assertThat(vectors).as("ms of %d in all", plain + vectors).isBetween((plain - 8) / 2, plain);
  }

  @Test void vectors_twiceAsFast_areTakenForGood() {
    trial.took(false, 100 * MILLISECOND, 100);
    for (int call = 0; call < 15; call++) {
      assertThat(takesVectors()).as("try %d", call).isTrue();
      trial.took(true, MILLISECOND, 2);
      assertThat(trial.isOver()).as("after %d tries", call + 1).isFalse();
    }
    trial.took(true, MILLISECOND, 1);
    assertThat(trial.isOver()).as("as fast as the plain loop").isFalse();
    trial.took(true, MILLISECOND, 3);
    assertThat(trial.isOver()).as("three times as fast").isTrue();
    trial.took(false, MILLISECOND, 1_000_000); // by a worker that began before
    trial.took(true, MILLISECOND, 1); // and by another, whose vectors were slow
    assertThat(takesVectors()).isTrue();
  }

  @Test void vectors_neverFaster_areTriedSeldomInTheEnd() {
    loseOften();
    long plain = 0;
    long vectors = 0;
    for (int call = 0; call < 10_000; call++) {
      if (takesVectors()) {
        trial.took(true, 100 * MILLISECOND, 1);
        vectors += 100;
      } else {
        trial.took(false, MILLISECOND, 1);
        plain += 1;
      }
    }
    assertThat(trial.isOver()).isFalse();
    assertThat(vectors).as("ms beside %d of plain loops", plain).isBetween(plain / 20, plain / 20 + 100);
  }

  @Test void vectors_fasterAtLast_areTaken() {
    loseOften();
    while (!takesVectors()) {
      trial.took(false, MILLISECOND, 10);
    }
    trial.took(true, MILLISECOND, 11);
    assertThat(trial.isOver()).isTrue();
  }

  private void loseOften() {
    for (int tries = 0; tries < 2000;) {
      boolean vectors = takesVectors();
      trial.took(vectors, MILLISECOND, vectors ? 1 : 10);
      tries += vectors ? 1 : 0;
    }
    assertThat(trial.isOver()).isFalse();
  }

  @Test void end_measuresTheCall() {
    long began = System.nanoTime();
    while (!takesVectors()) {
      long call = trial.begin();
      while (System.nanoTime() - began < MILLISECOND) {
        Thread.onSpinWait();
      }
      began = System.nanoTime();
      trial.end(call, 1);
      assertThat(trial.isOver()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vectors"}) void trial_decidedBeforehand_changesNothing(String loops) {
    Trial decided = new Trial(loops, System.nanoTime());
    for (int call = 0; call < 3000; call++) {
      long begun = decided.begin();
      assertThat(Trial.takesVectors(begun)).as("call %d", call).isEqualTo(loops.equals("vectors"));
      decided.took(false, MILLISECOND, 1);
      decided.end(begun, 1);
    }
  }
}
