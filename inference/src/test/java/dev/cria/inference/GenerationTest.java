package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.cria.api.executor.SequenceState;
import dev.cria.sampling.LogProbabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GenerationTest {

  private final GreedySampler sampler = new GreedySampler();
  private final List<String> told = new ArrayList<>();

  private boolean tell(int previous, int token) {
    told.add(previous + ">" + token);
    return true;
  }

  @Test void run_withoutPrompt_drawsOneTokenAPosition() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1}, Set.of(50))) {
      assertThat(generation.run(3, this::tell)).isEqualTo(StopReason.LENGTH);

      assertThat(told).containsExactly("1>2", "2>3", "3>4");
      assertThat(executor.batches).containsExactly("0:1!", "1:2!", "2:3!");
      assertThat(generation.tokens()).containsExactly(1, 2, 3, 4);
      assertThat(sampler.accepted).containsExactly(1, 2, 3, 4);
      assertThat(generation.figures().promptTokens()).isEqualTo(1);
      assertThat(generation.figures().generatedTokens()).isEqualTo(3);
    }
  }

  @Test void run_longPrompt_isRunInBatchesWithLogitsForTheLastTokenAlone() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1, 11, 12, 13, 14, 15}, Set.of())) {
      assertThat(generation.run(7, this::tell)).isEqualTo(StopReason.LENGTH);

      assertThat(executor.batches).containsExactly("0:1 1:11 2:12 3:13", "4:14 5:15!", "6:16!");
      assertThat(told).containsExactly("1>11", "11>12", "12>13", "13>14", "14>15", "15>16", "16>17");
      assertThat(generation.figures().promptTokens()).isEqualTo(6);
      assertThat(generation.figures().generatedTokens()).isEqualTo(2);
    }
  }

  @Test void run_limitWithinThePrompt_tellsAsManyTokensAsPositions() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 8);
    try (Generation generation = new Generation(executor, sampler, new int[]{1, 11, 12, 13, 14}, Set.of())) {
      assertThat(generation.run(2, this::tell)).isEqualTo(StopReason.LENGTH);
      assertThat(told).containsExactly("1>11", "11>12");

      assertThat(generation.run(6, this::tell)).isEqualTo(StopReason.LENGTH);
      assertThat(told).containsExactly("1>11", "11>12", "12>13", "13>14", "14>15", "15>16");
    }
  }

  @Test void run_stopTokenDrawn_endsWithoutTellingIt() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1}, Set.of(4))) {
      assertThat(generation.run(16, this::tell)).isEqualTo(StopReason.STOP_TOKEN);
      assertThat(told).containsExactly("1>2", "2>3");
      assertThat(generation.tokens()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test void run_stopTokenInThePrompt_endsThere() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 8);
    try (Generation generation = new Generation(executor, sampler, new int[]{1, 7, 1, 8}, Set.of(1))) {
      assertThat(generation.run(16, this::tell)).isEqualTo(StopReason.STOP_TOKEN);
      assertThat(told).containsExactly("1>7");
    }
  }

  @Test void run_listenerHasEnough_ends() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1}, Set.of())) {
      StopReason reason = generation.run(16, (previous, token) -> tell(previous, token) && token < 3);
      assertThat(reason).isEqualTo(StopReason.LISTENER);
      assertThat(told).containsExactly("1>2", "2>3");
    }
  }

  @Test void cancel_fromTheListener_endsBeforeTheNextToken() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1}, Set.of())) {
      StopReason reason = generation.run(16, (previous, token) -> {
        generation.cancel();
        return tell(previous, token);
      });
      assertThat(reason).isEqualTo(StopReason.CANCELLED);
      assertThat(told).containsExactly("1>2");
    }
  }

  @Test void run_again_goesOnAsIfItHadNotEnded() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1}, Set.of())) {
      generation.run(2, this::tell);
      generation.run(4, this::tell);
      assertThat(told).containsExactly("1>2", "2>3", "3>4", "4>5");
      assertThat(executor.batches).containsExactly("0:1!", "1:2!", "2:3!", "3:4!");
    }
  }

  @Test void constructor_badPrompts_areRefused() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 4, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Generation(executor, sampler, new int[]{}, Set.of()).close())
        .withMessage("the prompt has no tokens; it needs at least the beginning-of-text token");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Generation(executor, sampler, new int[]{1, 100}, Set.of()).close())
        .withMessage("token 100 of the prompt is not in [0, 100)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Generation(executor, sampler, new int[]{1, 2, 3, 4, 5}, Set.of()).close())
        .withMessage("the prompt has 5 tokens, the context holds 4 positions; shorten the prompt");
  }

  @Test void run_sequenceOfTheCaller_goesOnFromWhatItHolds() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (SequenceState sequence = executor.newSequence(16)) {
      try (Generation first = new Generation(executor, sampler, new int[]{1, 7}, Set.of(), sequence)) {
        first.run(3, this::tell);
      }
      sequence.truncate(1);
      try (Generation second = new Generation(executor, sampler, new int[]{1, 9}, Set.of(), sequence)) {
        second.run(3, this::tell);
      }
      assertThat(told).as("drawn tokens alone").containsExactly("7>8", "8>9", "9>10", "10>11");
      assertThat(executor.batches).containsExactly("0:1 1:7!", "2:8!", "1:9!", "2:10!");
    }
  }

  @Test void constructor_badSequences_areRefused() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 4, 4);
    try (SequenceState sequence = executor.newSequence(4); SequenceState small = executor.newSequence(3)) {
      new Generation(executor, sampler, new int[]{1}, Set.of(), sequence).run(2, this::tell);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Generation(executor, sampler, new int[]{1, 2}, Set.of(), sequence).close())
          .withMessage("the sequence holds 2 positions, and the prompt has 2 tokens;"
              + " truncate the sequence to less than the prompt");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Generation(executor, sampler, new int[]{1}, Set.of(), small).close())
          .withMessage("the sequence has room for 3 positions, and the executor has 4");
    }
  }

  @Test void logProbabilities_askedByTheListener_areOfTheTokenTold() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 16, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1, 7}, Set.of())) {
      assertThatIllegalStateException().isThrownBy(() -> generation.logProbabilities(1))
          .withMessage("no token was drawn yet");
      generation.run(4, (previous, token) -> {
        assertThat(generation.hasDrawn()).isEqualTo(token != 7);
        if (generation.hasDrawn()) {
          LogProbabilities read = generation.logProbabilities(1);
          assertThat(read.token()).isEqualTo(token);
          assertThat(read.logProbability()).isCloseTo(-Math.log(1 + 99 / Math.E), within(1e-6));
          assertThat(read.top()).singleElement().isEqualTo(new LogProbabilities.Entry(token, read.logProbability()));
        }
        return tell(previous, token);
      });
      assertThat(told).containsExactly("1>7", "7>8", "8>9", "9>10");
    }
  }

  @Test void run_limitBeyondTheContext_isRefused() {
    ScriptedExecutor executor = new ScriptedExecutor(100, 4, 4);
    try (Generation generation = new Generation(executor, sampler, new int[]{1}, Set.of())) {
      assertThatIllegalArgumentException().isThrownBy(() -> generation.run(5, this::tell))
          .withMessage("the limit must be in [0, 4] positions, got 5");
    }
  }
}
