package dev.cria.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The distinct words of a text, by SentencePiece's rules: a space begins a word and belongs to it; letters of different scripts,
 * letters and other signs stand apart; every digit stands alone.
 *
 * @param counts how often each occurs, in alphabetical order
 * @param characters that get a piece of their own, the most frequent first
 */
record Words(Map<String, Long> counts, List<String> characters) {

  /** Counts them; a character beyond the coverage ends a word and is in none. */
  static Words count(List<String> documents, double coverage) {
    Map<Integer, Long> frequencies = new HashMap<>();
    for (String document : documents) {
      frequencies.merge((int) ' ', 1L, Long::sum); // the space that encoding puts before a text
      document.codePoints().forEach(c -> frequencies.merge(c, 1L, Long::sum));
    }
    List<Integer> kept = covered(frequencies, coverage);
    Counter counter = new Counter(new HashSet<>(kept));
    for (String document : documents) {
      counter.add(" " + document);
    }
    return new Words(counter.counts, kept.stream().map(Character::toString).toList());
  }

  private static List<Integer> covered(Map<Integer, Long> frequencies, double coverage) {
    List<Integer> byFrequency = new ArrayList<>(frequencies.keySet());
    byFrequency.sort(
        Comparator.comparingLong((Integer c) -> -frequencies.getOrDefault(c, 0L)).thenComparingInt(c -> c));
    long all = frequencies.values().stream().mapToLong(n -> n).sum();
    long seen = 0;
    List<Integer> kept = new ArrayList<>();
    for (int c : byFrequency) {
      if (seen >= coverage * all || c == 0) {
        continue; // NUL has no piece: tokenizer.bin cannot hold it
      }
      seen += frequencies.getOrDefault(c, 0L);
      kept.add(c);
    }
    return kept;
  }

  /** Cuts texts into words. */
  private static final class Counter {

    private static final String NOTHING = "";
    private static final String SPACE = "space";
    private static final String DIGIT = "digit";
    private static final String OTHER = "other";

    private final Set<Integer> kept;
    private final Map<String, Long> counts = new TreeMap<>();
    private final StringBuilder word = new StringBuilder();

    Counter(Set<Integer> kept) {
      this.kept = kept;
    }

    void add(String text) {
      String before = NOTHING;
      for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
        int c = text.codePointAt(i);
        String kind = kept.contains(c) ? kind(c) : NOTHING;
        boolean joined = (before.equals(SPACE) || kind.equals(before)) && !kind.equals(SPACE) && !kind.equals(DIGIT);
        if (!joined) {
          end();
        }
        if (!kind.equals(NOTHING)) {
          word.appendCodePoint(c);
        }
        before = kind;
      }
      end();
    }

    private void end() {
      if (!word.isEmpty()) {
        counts.merge(word.toString(), 1L, Long::sum);
        word.setLength(0);
      }
    }

    /** The script of a letter, or what else it is. */
    private static String kind(int c) {
      if (c == ' ') {
        return SPACE;
      }
      if (Character.isDigit(c)) {
        return DIGIT;
      }
      Character.UnicodeScript script = Character.UnicodeScript.of(c);
      return switch (script) {
        case COMMON, INHERITED -> OTHER;
        default -> script.name();
      };
    }
  }
}
