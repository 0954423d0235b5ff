package dev.cria.cli;

/**
 * What came from whoever talks.
 *
 * @param kind what it is
 * @param text the line, without its break; empty for other kinds
 */
record ChatLine(Kind kind, String text) {

  /** What it is. */
  enum Kind {
    /** A line. */
    TEXT,
    /** Ctrl-C instead of one. */
    INTERRUPTED,
    /** There are no more. */
    END
  }

  static ChatLine text(String text) {
    return new ChatLine(Kind.TEXT, text);
  }

  static ChatLine end() {
    return new ChatLine(Kind.END, "");
  }
}
