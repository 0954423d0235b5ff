package dev.cria.sampling;

import dev.cria.api.sampling.SamplerVocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Texts over which no repetition counts. */
final class Breakers {

  private static final byte[] NOT_SEEN = {};

  private final byte[][] breakers; // in UTF-8, none empty
  private final SamplerVocabulary vocabulary;
  private final byte[][] texts; // (vocabSize,), of the tokens seen so far

  Breakers(List<String> breakers, SamplerVocabulary vocabulary) {
    this.breakers = breakers.stream().filter(text -> !text.isEmpty())
        .map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.vocabulary = vocabulary;
    this.texts = new byte[vocabulary.size()][];
    Arrays.fill(texts, NOT_SEEN);
  }

  /**
   * How many tokens there are after the one in which a breaker ends.
   *
   * @param tokens the last one first
   * @param count how many of them there are, and the answer where there is no breaker
   */
  int after(int[] tokens, int count) {
    for (int i = 0; i < count; i++) {
      if (endsIn(tokens, i, count)) {
        return i;
      }
    }
    return count;
  }

  /** Whether one ends in the token of that index; it may begin in the ones before, whose indices are higher. */
  boolean endsIn(int[] tokens, int index, int count) {
    int length = text(tokens[index]).length;
    for (byte[] breaker : breakers) {
      for (int end = length; end > 0; end--) {
        if (endsAt(breaker, tokens, index, end, count)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean endsAt(byte[] breaker, int[] tokens, int index, int end, int count) {
    int at = index;
    int left = end;
    for (int i = breaker.length - 1; i >= 0; i--) {
      while (left == 0) {
        if (++at >= count) {
          return false;
        }
        left = text(tokens[at]).length;
      }
      if (text(tokens[at])[--left] != breaker[i]) {
        return false;
      }
    }
    return true;
  }

  private byte[] text(int token) {
    if (texts[token] == NOT_SEEN) {
      texts[token] = vocabulary.bytes(token);
    }
    return texts[token];
  }
}
