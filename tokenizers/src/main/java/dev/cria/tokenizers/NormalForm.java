package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import java.text.Normalizer;
import java.util.function.UnaryOperator;

/** The normal forms of Unicode, where a vocabulary wants one. */
final class NormalForm {

  private NormalForm() {}

  /** What brings a text to the form; it may give the text itself. */
  static UnaryOperator<String> of(Vocabulary vocabulary) {
    String name = vocabulary.metadata().get(Settings.NORMAL_FORM);
    if (name == null) {
      return UnaryOperator.identity();
    }
    Normalizer.Form form = Normalizer.Form.valueOf(name);
    return text -> isAscii(text) ? text : Normalizer.normalize(text, form);
  }

  /** ASCII is in all forms, and needs none of the tables. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
