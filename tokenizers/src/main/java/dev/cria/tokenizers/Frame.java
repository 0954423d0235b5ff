package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import java.util.OptionalInt;

/**
 * What stands before and after a text.
 *
 * @param special tokens with a role
 * @param bos whether the model's texts begin with BOS
 */
record Frame(Vocabulary.Special special, boolean bos) {

  /** As the vocabulary says; otherwise as the algorithm has it. */
  static Frame of(Vocabulary vocabulary, boolean bosOtherwise) {
    String said = vocabulary.metadata().get(Settings.ADD_BOS);
    return new Frame(vocabulary.special(), said == null ? bosOtherwise : Boolean.parseBoolean(said));
  }

  /** A text of no tokens begins with BOS in any case, if there is one: a model needs something to continue. */
  void begin(String text, EncodeOptions options, TokenList out) {
    if (options.bos() && (bos || (text.isEmpty() && special.bos().isPresent()))) {
      out.add(required(special.bos(), "begins"));
    }
  }

  void end(EncodeOptions options, TokenList out) {
    if (options.eos()) {
      out.add(required(special.eos(), "ends"));
    }
  }

  private static int required(OptionalInt token, String role) {
    return token.orElseThrow(
        () -> new IllegalArgumentException("the vocabulary has no token that " + role + " a text; encode without it"));
  }
}
