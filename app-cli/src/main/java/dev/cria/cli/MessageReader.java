package dev.cria.cli;

import java.io.IOException;

/** Puts lines together to messages: one that ends with a backslash goes on, and so do those between three quotes. */
final class MessageReader {

  private static final String PROMPT = "> ";
  private static final String MORE = ". ";
  private static final String QUOTES = "\"\"\"";

  private final ChatInput input;

  MessageReader(ChatInput input) {
    this.input = input;
  }

  /** The next message, or why there is none. */
  ChatLine next() throws IOException {
    ChatLine line = input.line(PROMPT);
    if (line.kind() != ChatLine.Kind.TEXT) {
      return line;
    }
    return line.text().strip().startsWith(QUOTES)
        ? quoted(line.text().strip().substring(QUOTES.length()))
        : continued(line);
  }

  private ChatLine continued(ChatLine first) throws IOException {
    StringBuilder message = new StringBuilder();
    ChatLine line = first;
    while (line.kind() == ChatLine.Kind.TEXT && line.text().endsWith("\\")) {
      message.append(line.text(), 0, line.text().length() - 1).append('\n');
      line = input.line(MORE);
    }
    return line.kind() == ChatLine.Kind.INTERRUPTED ? line : ChatLine.text(message + line.text());
  }

  private ChatLine quoted(String first) throws IOException {
    StringBuilder message = new StringBuilder();
    ChatLine line = ChatLine.text(first);
    while (line.kind() == ChatLine.Kind.TEXT && !line.text().stripTrailing().endsWith(QUOTES)) {
      message.append(line.text()).append('\n');
      line = input.line(MORE);
    }
    if (line.kind() == ChatLine.Kind.INTERRUPTED) {
      return line;
    }
    String last = line.text().stripTrailing();
    message.append(last, 0, Math.max(0, last.length() - QUOTES.length()));
    return ChatLine.text(message.toString().strip());
  }
}
