package dev.cria.inference;

import java.util.List;

/**
 * Ends a text that comes piece by piece before the first of some strings. What might be the beginning of one is held back.
 *
 * <p>The string that is complete first counts, and of several complete at once the longest: so it does not matter how the text
 * was cut into pieces.
 */
final class StopStrings {

  private final List<String> strings;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  StopStrings(List<String> strings) {
    this.strings = List.copyOf(strings);
  }

  /** Takes a piece and gives what can be shown, nothing after a string was found. */
  String next(String piece) {
    if (found || strings.isEmpty()) {
      return found ? "" : piece;
    }
    for (int i = 0; i < piece.length(); i++) {
      held.append(piece.charAt(i));
      int length = longestAtTheEnd();
      if (length > 0) {
        found = true;
        held.setLength(held.length() - length);
        return shown(held.length());
      }
    }
    return shown(held.length() - begun());
  }

  /** What is held back still, when the text ends otherwise. */
  String end() {
    return found ? "" : shown(held.length());
  }

  /** Whether a string was found. */
  boolean isFound() {
    return found;
  }

  private String shown(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }

  private int longestAtTheEnd() {
    int longest = 0;
    for (String string : strings) {
      if (string.length() > longest && endsWithTheFirst(string, string.length())) {
        longest = string.length();
      }
    }
    return longest;
  }

  /** How many characters at the end may begin a string. */
  private int begun() {
    int most = 0;
    for (String string : strings) {
      for (int length = Math.min(string.length() - 1, held.length()); length > most; length--) {
        if (endsWithTheFirst(string, length)) {
          most = length;
        }
      }
    }
    return most;
  }

  private boolean endsWithTheFirst(String string, int length) {
    return held.length() >= length && held.indexOf(string.substring(0, length), held.length() - length) >= 0;
  }
}
