package dev.cria.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words: white space separates them, {@code '…'} and {@code "…"} keep it and each other's quotes. There are
 * no escapes, variables or wildcards; who needs a shell writes {@code sh -c '…'}.
 */
final class CommandWords {

  private final String command;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private CommandWords(String command) {
    this.command = command;
  }

  /** The words, at least one. */
  static List<String> of(String command) {
    return new CommandWords(command).split();
  }

  private List<String> split() {
    int at = 0;
    while (at < command.length()) {
      char c = command.charAt(at);
      if (Character.isWhitespace(c)) {
        endWord();
      } else {
        inWord = true;
        if (c == '\'' || c == '"') {
          int end = command.indexOf(c, at + 1);
          if (end < 0) {
            throw new IllegalArgumentException(
                "no " + c + " closes the one at character " + (at + 1) + " of: " + command);
          }
          word.append(command, at + 1, end);
          at = end;
        } else {
          word.append(c);
        }
      }
      at++;
    }
    endWord();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command has at least one word, got '" + command + "'");
    }
    return List.copyOf(words);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
