package dev.cria.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.sampling.Candidates;
import dev.cria.api.sampling.SamplerVocabulary;
import dev.cria.api.sampling.SamplingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** {@code dry} and {@code penalties} on random histories, against the plainest definitions. */
class RepetitionTest {

  private static final int TOKENS = 4;

  @Test void dry_randomHistories_equalsThePlainDefinition() {
    Random random = new Random(20_260_122L);
    int lowered = 0;
    for (int round = 0; round < 2000; round++) {
      int[] history = random.ints(random.nextInt(40), 0, TOKENS).toArray();
      int allowed = 1 + random.nextInt(3);
      int last = random.nextInt(4) == 0 ? -1 : random.nextInt(40);
      // token 3 spells "d"; "b" is token 1, and "cd" is token 2 and then 3
      List<String> breakers = List.of(List.<String>of(), List.of("b"), List.of("cd"), List.of("b", "aa"))
          .get(round % 4);
      Candidates candidates = Given.logits(new float[TOKENS]);
      new Dry(new Dry.Settings(1, 2, allowed, last), breakers, new Letters()).apply(candidates, new Past(history));
      for (int token = 0; token < TOKENS; token++) {
        int length = plainLength(history, last, breakers, token);
        float expected = length >= allowed ? (float) -Math.pow(2, length - allowed) : 0;
        assertThat(candidates.logits()[token]).as("round %d, token %d", round, token).isEqualTo(0f + expected);
        lowered += expected < 0 ? 1 : 0;
      }
    }
    assertThat(lowered).as("cases in which something was lowered").isGreaterThan(1000);
  }

  /** The longest text without a breaker that ends the history, stood there before, and was followed by a token. */
  private static int plainLength(int[] history, int last, List<String> breakers, int token) {
    String text = text(history);
    text = last < 0 || last > text.length() ? text : text.substring(text.length() - last);
    for (String breaker : breakers) {
      if (letter(token).contains(breaker)) {
        return 0;
      }
    }
    for (int length = text.length(); length > 0; length--) {
      String end = text.substring(text.length() - length);
      boolean free = !text.isEmpty();
      for (String breaker : breakers) {
        // a breaker that ends in the repetition ends it, even if it began before
        int from = Math.max(0, text.length() - length - breaker.length() + 1);
        free &= !text.substring(from).contains(breaker);
      }
      if (free && text.contains(end + letter(token))) {
        return length;
      }
    }
    return 0;
  }

  @Test void dry_veryLongRepetition_isUnwelcomeAndNotImpossible() {
    Candidates candidates = Given.logits(new float[TOKENS]);
    new Dry(new Dry.Settings(1000, 1000, 1, -1), List.of(), new Letters()).apply(candidates, new Past(new int[500]));
    assertThat(candidates.logits()).containsExactly(-1e30f, 0, 0, 0);
  }

  @Test void penalties_randomHistories_leaveNoTraceOfTheOnesBefore() {
    Random random = new Random(20_260_123L);
    Penalties penalties = new Penalties(2, 0.5f, 0.25f, 10, TOKENS);
    for (int round = 0; round < 200; round++) {
      int[] history = random.ints(random.nextInt(20), 0, TOKENS).toArray();
      Candidates candidates = Given.logits(4, -4, 0, 1);
      penalties.apply(candidates, new Past(history));
      int[] counts = new int[TOKENS];
      for (int i = Math.max(0, history.length - 10); i < history.length; i++) {
        counts[history[i]]++;
      }
      float[] repeated = {2, -8, 0, 0.5f};
      for (int token = 0; token < TOKENS; token++) {
        float expected = counts[token] == 0
            ? Given.logits(4, -4, 0, 1).logits()[token]
            : repeated[token] - (0.5f + 0.25f * counts[token]);
        assertThat(candidates.logits()[token]).as("round %d, token %d", round, token).isEqualTo(expected);
      }
    }
  }

  private static String letter(int token) {
    return Character.toString('a' + token);
  }

  private static String text(int[] tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.append(letter(token));
    }
    return text.toString();
  }

  /** Each token is a letter. */
  private record Letters() implements SamplerVocabulary {
    @Override public int size() {
      return TOKENS;
    }

    @Override public byte[] bytes(int token) {
      return letter(token).getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * A history without a generator.
   *
   * @param tokens the tokens so far
   */
  private record Past(int[] tokens) implements SamplingContext {
    @Override public RandomGenerator random() {
      throw new AssertionError("nothing here is left to chance");
    }

    @Override public int position() {
      return tokens.length;
    }

    @Override public int token(int position) {
      return tokens[position];
    }
  }
}
