package dev.cria.tokenizers;

import java.util.List;
import java.util.stream.Stream;

/** Where SentencePiece's tokenizers put a space before a text, so that its first word is like any other. */
enum SpacePrefix {

  /** Nowhere. */
  NONE("false"),
  /** Before the text, and again after each control token: SentencePiece, llama2.c, llama.cpp. */
  TEXT("true"),
  /** Before each part between special pieces: Hugging Face's normalizer Prepend. */
  PART("part"),
  /** The same, unless it begins with a space: Hugging Face's pre-tokenizer Metaspace. */
  PART_WITHOUT_SPACE("part-without-space"),
  /** Before the text, if it begins with neither a special piece nor a space: Metaspace with the scheme "first". */
  START_WITHOUT_SPACE("start-without-space");

  private final String setting;

  SpacePrefix(String setting) {
    this.setting = setting;
  }

  /** The one that a setting names. */
  static SpacePrefix of(String setting) {
    return Stream.of(values()).filter(each -> each.setting.equals(setting)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the setting " + Settings.ADD_SPACE_PREFIX + " is '" + setting
            + "'; expected one of " + List.of(values()).stream().map(each -> each.setting).toList()));
  }

  /**
   * Whether a part of a text gets a space.
   *
   * @param part never empty
   * @param start whether nothing was before it
   * @param afterControl whether nothing or a control token was before it
   */
  boolean before(String part, boolean start, boolean afterControl) {
    return switch (this) {
      case NONE -> false;
      case TEXT -> afterControl;
      case PART -> true;
      case PART_WITHOUT_SPACE -> part.charAt(0) != ' ';
      case START_WITHOUT_SPACE -> start && part.charAt(0) != ' ';
    };
  }
}
