package dev.cria.tokenizers;

/** What byte-level BPE tells characters apart by, in Unicode: {@code \p{L}}, {@code \p{N}}, {@code \s}, and all others. */
enum CharacterKind {
  LETTER, NUMBER, SPACE, OTHER;

  private static final CharacterKind[] ASCII = new CharacterKind[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = find(c);
    }
  }

  /** The kind of a character. */
  static CharacterKind of(int codePoint) {
    return codePoint < ASCII.length ? ASCII[codePoint] : find(codePoint);
  }

  private static CharacterKind find(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER, Character.OTHER_LETTER ->
        LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
      // of the control characters, White_Space has tab to carriage return, and next line
      case Character.CONTROL -> (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : OTHER;
      default -> OTHER;
    };
  }
}
