package dev.cria.tokenizers;

import java.util.Arrays;

/** Where the words of a text were first met, and the tokens they got, so that each is encoded once. */
final class WordMemory {

  /*
   * A text of a language says few words over and over: nine of ten of a story's are found here. A hash table with open
   * addressing; a word is a range of the text, its tokens are a range of the list, so nothing is copied to be kept.
   */
  private static final int LONGEST = 64; // chars; a longer word will hardly come again
  private static final int MOST = 1 << 17; // words

  private final char[] text;
  private final TokenList tokens;
  private int[] slots = new int[1 << 8]; // the number of a word, plus one; 0 is free
  private long[] words = new long[1 << 7]; // by number: where it starts, and its length
  private long[] results = new long[1 << 7]; // by number: where its tokens start, and how many they are
  private int[] hashes = new int[1 << 7];
  private int count;

  WordMemory(char[] text, TokenList tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /** Adds the tokens of a word that was met before, or returns false. */
  boolean repeat(int start, int end) {
    if (end - start > LONGEST) {
      return false;
    }
    int hash = hash(start, end);
    for (int slot = hash & (slots.length - 1); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int word = slots[slot] - 1;
      int first = (int) (words[word] >>> 32);
      if (hashes[word] == hash && Arrays.equals(text, first, first + (int) words[word], text, start, end)) {
        tokens.repeat((int) (results[word] >>> 32), (int) results[word]);
        return true;
      }
    }
    return false;
  }

  /** Keeps a word whose tokens are the last ones of the list, from a place on. */
  void keep(int start, int end, int firstToken) {
    if (end - start > LONGEST || count == MOST) {
      return;
    }
    if (count == words.length) {
      grow();
    }
    words[count] = (long) start << 32 | (end - start);
    results[count] = (long) firstToken << 32 | (tokens.size() - firstToken);
    hashes[count] = hash(start, end);
    place(count++);
  }

  private void place(int word) {
    int slot = hashes[word] & (slots.length - 1);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = word + 1;
  }

  private void grow() {
    words = Arrays.copyOf(words, 2 * count);
    results = Arrays.copyOf(results, 2 * count);
    hashes = Arrays.copyOf(hashes, 2 * count);
    slots = new int[4 * count];
    for (int word = 0; word < count; word++) {
      place(word);
    }
  }

  private int hash(int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    hash *= 0x9E3779B9; // Fibonacci hashing: the upper bits depend on all
    return hash ^ hash >>> 15;
  }
}
