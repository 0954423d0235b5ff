package dev.cria.cli;

import java.util.Locale;

/** Text as JSON has it. */
final class Json {

  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  /** A text in quotes. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
