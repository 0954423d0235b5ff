package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
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

  /** Takes the parts of a text, in order. */
  interface Parts {

    /** Text between special pieces; never empty. */
    void text(String part);

    /** A special piece. */
    void special(SpecialPiece piece);
  }

  private final List<SpecialPiece> longestFirst = new ArrayList<>();
  private final BitSet firstUnits = new BitSet();

  SpecialPieces(List<Piece> pieces) {
    this(pieces, id -> true, UnaryOperator.identity());
  }

  /**
   * Those with some ids only.
   *
   * @param normalizer what becomes of their spelling
   */
  SpecialPieces(List<Piece> pieces, IntPredicate ids, UnaryOperator<String> normalizer) {
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      boolean control = piece.kind() == Kind.CONTROL;
      if ((control || piece.kind() == Kind.USER_DEFINED) && ids.test(id)) {
        String spelling = normalizer.apply(control ? piece.text().strip() : piece.text());
        if (!spelling.isEmpty()) {
          longestFirst.add(new SpecialPiece(spelling, id, control));
          firstUnits.set(spelling.charAt(0));
        }
      }
    }
    longestFirst.sort(Comparator.comparingInt((SpecialPiece piece) -> piece.spelling().length()).reversed());
  }

  /** Takes a text apart: at each place the longest piece counts, from left to right. */
  void split(String text, boolean control, Parts parts) {
    int begin = 0;
    int at = 0;
    while (at < text.length()) {
      SpecialPiece piece = at(text, at, control);
      if (piece == null) {
        at++;
        continue;
      }
      if (begin < at) {
        parts.text(text.substring(begin, at));
      }
      parts.special(piece);
      at += piece.spelling().length();
      begin = at;
    }
    if (begin < at) {
      parts.text(text.substring(begin));
    }
  }

  private @Nullable SpecialPiece at(String text, int start, boolean control) {
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
