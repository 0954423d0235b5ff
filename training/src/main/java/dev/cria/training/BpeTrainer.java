package dev.cria.training;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns a vocabulary as SentencePiece's byte-pair encoding does: beginning with single characters, the pair of neighbours that is
 * most frequent becomes a piece, again and again.
 *
 * <p>Pieces do not cross {@linkplain Words word boundaries}. Characters that are too rare are spelled in bytes. Among equally
 * frequent pairs the shorter piece wins, then the one that comes first in the order of code units, so that the same text gives
 * the same vocabulary everywhere.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Sennrich, Haddow and Birch 2016, Neural Machine Translation of Rare Words with
 *     Subword Units, §3.2</a>
 * @see <a href="https://arxiv.org/abs/1808.06226">Kudo and Richardson 2018, SentencePiece</a>
 * @since 0.1
 */
public final class BpeTrainer {

  /** The least number of pieces: three controls and 256 bytes. */
  private static final int FIXED = 259;
  private static final int LONGEST = 16; // characters of a piece, as in SentencePiece

  /** A pair that may become a piece; what it counts is true as long as the table says the same. */
  private record Candidate(long count, String text, long pair) implements Comparable<Candidate> {
    @Override public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      int byLength = byCount != 0 ? byCount : Integer.compare(text.length(), other.text.length());
      int byText = byLength != 0 ? byLength : text.compareTo(other.text);
      return byText != 0 ? byText : Long.compare(pair, other.pair);
    }
  }

  /** How often a pair occurs, and in which words. */
  private static final class Pair {
    private long count;
    private final Set<Integer> words = new HashSet<>();
  }

  private final List<int[]> words = new ArrayList<>(); // symbols of each distinct word
  private final List<Long> counts = new ArrayList<>(); // by word
  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>(); // of symbols
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  private BpeTrainer() {}

  /**
   * Learns a vocabulary.
   *
   * @param documents the texts
   * @param vocabSize pieces in all: the unknown, BOS and EOS, 256 bytes, then what is learned
   * @param coverage the share of all characters, by occurrence, whose kinds get a piece of their own
   * @throws IllegalArgumentException if the text cannot give as many pieces, or has too many kinds of characters
   */
  public static Vocabulary train(List<String> documents, int vocabSize, double coverage) {
    Words words = Words.count(documents, coverage);
    int room = vocabSize - FIXED - words.characters().size();
    if (room < 0) {
      throw new IllegalArgumentException(String.format(Locale.ROOT,
          "a vocabulary of %,d is too small: 3 controls, 256 bytes and the %,d kinds of characters of this text need %,d; "
              + "ask for more, or cover fewer characters",
          vocabSize, words.characters().size(), FIXED + words.characters().size()));
    }
    List<String> merges = new BpeTrainer().learn(words, room);
    if (merges.size() < room) {
      throw new IllegalArgumentException(String.format(Locale.ROOT,
          "a vocabulary of %,d is more than this text can give, which is %,d pieces; ask for fewer, or add text",
          vocabSize, vocabSize - room + merges.size()));
    }
    return vocabulary(merges, words.characters());
  }

  private static Vocabulary vocabulary(List<String> merges, List<String> characters) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece("<unk>", 0, Kind.UNKNOWN));
    pieces.add(new Piece("\n<s>\n", 0, Kind.CONTROL)); // as llama2.c spells them
    pieces.add(new Piece("\n</s>\n", 0, Kind.CONTROL));
    for (int value = 0; value < 256; value++) {
      pieces.add(new Piece(String.format(Locale.ROOT, "<0x%02X>", value), 0, Kind.BYTE));
    }
    for (List<String> texts : List.of(merges, characters)) {
      for (String text : texts) {
        pieces.add(new Piece(text, -(pieces.size() - FIXED), Kind.NORMAL));
      }
    }
    return new Vocabulary(Vocabulary.Model.SENTENCEPIECE_BPE, pieces,
        new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.of(2)), Map.of());
  }

  private List<String> learn(Words text, int room) {
    text.counts().forEach(this::addWord);
    pairs.forEach((pair, found) -> offer(pair));
    List<String> merges = new ArrayList<>();
    while (merges.size() < room && !queue.isEmpty()) {
      Candidate best = queue.poll();
      Pair found = pairs.get(best.pair);
      if (found == null || found.count != best.count) {
        continue; // outdated: the true count was offered when it changed
      }
      if (!ids.containsKey(best.text)) {
        merges.add(best.text);
      }
      merge(best.pair, symbol(best.text));
    }
    return merges;
  }

  private void addWord(String word, long count) {
    int[] symbolsOfWord = word.codePoints().map(c -> symbol(Character.toString(c))).toArray();
    words.add(symbolsOfWord);
    counts.add(count);
    count(words.size() - 1, 1, null);
  }

  private int symbol(String text) {
    return ids.computeIfAbsent(text, t -> {
      symbols.add(t);
      return symbols.size() - 1;
    });
  }

  /** Replaces a pair in every word that has it. */
  private void merge(long pair, int merged) {
    Set<Long> changed = new HashSet<>();
    Pair found = pairs.get(pair);
    for (int word : found == null ? List.<Integer>of() : List.copyOf(found.words)) {
      count(word, -1, changed);
      words.set(word, replaced(words.get(word), (int) (pair >> 32), (int) pair, merged));
      count(word, 1, changed);
    }
    pairs.remove(pair);
    changed.forEach(this::offer);
  }

  private static int[] replaced(int[] word, int left, int right, int merged) {
    int[] out = new int[word.length];
    int n = 0;
    for (int i = 0; i < word.length; i++) {
      boolean here = i + 1 < word.length && word[i] == left && word[i + 1] == right;
      out[n++] = here ? merged : word[i];
      i += here ? 1 : 0;
    }
    return Arrays.copyOf(out, n);
  }

  /** Adds the pairs of a word to the table, or takes them out. */
  private void count(int word, int sign, @Nullable Set<Long> changed) {
    int[] w = words.get(word);
    for (int i = 0; i + 1 < w.length; i++) {
      long key = (long) w[i] << 32 | w[i + 1];
      Pair pair = pairs.computeIfAbsent(key, k -> new Pair());
      pair.count += sign * counts.get(word);
      if (sign > 0) {
        pair.words.add(word);
      } else {
        pair.words.remove(word);
      }
      if (changed != null) {
        changed.add(key);
      }
    }
  }

  private void offer(long key) {
    Pair pair = pairs.get(key);
    String text = symbols.get((int) (key >> 32)) + symbols.get((int) key);
    if (pair != null && pair.count > 0 && text.length() <= LONGEST) {
      queue.add(new Candidate(pair.count, text, key));
    }
  }
}
