package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces that are found in a text as a whole: control tokens, if asked for, and those the model's makers added. */
final class SpecialPieces {

  /**
   * One such piece.
   *
   * @param spelling how it is written in a text; tokenizer.bin puts control tokens on lines of their own, which is not
   *     part of it
   * @param id its token
   * @param control whether it is a control token
   */
  record SpecialPiece(String spelling, int id, boolean control) {}

  private final List<SpecialPiece> longestFirst = new ArrayList<>();
  private final BitSet firstUnits = new BitSet();

  SpecialPieces(List<Piece> pieces) {
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      boolean control = piece.kind() == Kind.CONTROL;
      String spelling = control ? piece.text().strip() : piece.text();
      if ((control || piece.kind() == Kind.USER_DEFINED) && !spelling.isEmpty()) {
        longestFirst.add(new SpecialPiece(spelling, id, control));
        firstUnits.set(spelling.charAt(0));
      }
    }
    longestFirst.sort(Comparator.comparingInt((SpecialPiece piece) -> piece.spelling().length()).reversed());
  }

  /** The longest one that begins at this place of a text, or null. */
  @Nullable SpecialPiece at(String text, int start, boolean control) {
    if (!firstUnits.get(text.charAt(start))) {
      return null;
    }
    for (SpecialPiece piece : longestFirst) {
      if ((control || !piece.control()) && text.startsWith(piece.spelling(), start)) {
        return piece;
      }
    }
    return null;
  }
}
