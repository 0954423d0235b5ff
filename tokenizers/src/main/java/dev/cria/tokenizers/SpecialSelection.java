package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import java.util.BitSet;
import java.util.function.UnaryOperator;

/**
 * Which special pieces are found in a text as it was written, and which after it was normalised.
 *
 * @param vocabulary whose pieces they are
 * @param later ids of those that are found after
 */
record SpecialSelection(Vocabulary vocabulary, BitSet later) {

  static SpecialSelection of(Vocabulary vocabulary) {
    BitSet later = new BitSet();
    for (String id : vocabulary.metadata().getOrDefault(Settings.NORMALIZED_TOKENS, "").split(" ", -1)) {
      if (!id.isEmpty()) {
        later.set(Integer.parseInt(id));
      }
    }
    return new SpecialSelection(vocabulary, later);
  }

  SpecialPieces asWritten() {
    return new SpecialPieces(vocabulary.pieces(), id -> !later.get(id), UnaryOperator.identity());
  }

  /** The others, as they are spelled after it. */
  SpecialPieces normalized(UnaryOperator<String> normalizer) {
    return new SpecialPieces(vocabulary.pieces(), later::get, normalizer);
  }
}
