package dev.cria.tokenizers;

import java.util.Arrays;

/** A text ready to be cut into words: parts of text, as they are after normalisation, and tokens between them. */
final class PreparedText {

  private static final int TOKEN = -1;
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text;
  private int[] parts = new int[16]; // for each part where it ends, or TOKEN and an id
  private int size;
  private int begun; // where the part at hand starts

  PreparedText(int length) {
    text = new StringBuilder(length);
  }

  /** Takes one word after another, and tokens. */
  interface Reader {

    /** A part of the text. */
    void part(int start, int end);

    /** A token between the parts. */
    void token(int id);
  }

  void append(char c) {
    text.append(c);
  }

  void append(String more) {
    text.append(more);
  }

  /** Ends the part at hand; one that is empty is none. */
  void endPart() {
    if (text.length() > begun) {
      begun = text.length();
      push(begun);
    }
  }

  void token(int id) {
    endPart();
    push(TOKEN);
    push(id);
  }

  /** All of the text, for {@link #read}; a surrogate without its partner is U+FFFD. */
  char[] chars() {
    char[] chars = new char[text.length()];
    text.getChars(0, chars.length, chars, 0);
    for (int i = 0; i < chars.length; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
          i++;
        } else {
          chars[i] = REPLACEMENT;
        }
      }
    }
    return chars;
  }

  void read(Reader reader) {
    endPart();
    int start = 0;
    for (int i = 0; i < size; i++) {
      if (parts[i] == TOKEN) {
        reader.token(parts[++i]);
      } else {
        reader.part(start, parts[i]);
        start = parts[i];
      }
    }
  }

  private void push(int number) {
    if (size == parts.length) {
      parts = Arrays.copyOf(parts, 2 * size);
    }
    parts[size++] = number;
  }
}
