package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be looked up in a SentencePiece vocabulary: the token of a character, and the token that two merge into. */
final class MergeTable {

  /*
   * Two tokens merge if their texts, one after the other, are the text of a third. To cut every piece in two in every way
   * beforehand would spare encoding all comparison of text, but delays every start (60,000 pairs in Llama 2); so a pair is
   * looked up when it is first met, and remembered by Symbols while a text is being encoded.
   * Only pieces of text take part: no control token arises from text (llama2.c knows no kinds, but in its own vocabularies
   * none can), and a byte stays a byte.
   */
  private static final float LEAST_SCORE = -1e10f; // llama2.c merges what is above

  private final List<Piece> pieces;
  private final Map<String, Integer> ids;
  private final int longest; // chars

  MergeTable(List<Piece> pieces) {
    this.pieces = pieces;
    ids = HashMap.newHashMap(pieces.size());
    int most = 0;
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      if (piece.kind() == Kind.NORMAL) {
        ids.putIfAbsent(piece.text(), id);
        most = Math.max(most, piece.text().length());
      }
    }
    longest = most;
  }

  /** The token whose text is this one character, or −1. */
  int character(int codePoint) {
    return ids.getOrDefault(Character.toString(codePoint), -1);
  }

  /** The token that two tokens merge into, or −1. */
  int merged(int left, int right) {
    Piece first = pieces.get(left);
    Piece second = pieces.get(right);
    if (first.kind() != Kind.NORMAL || second.kind() != Kind.NORMAL
        || first.text().length() + second.text().length() > longest) {
      return -1;
    }
    int id = ids.getOrDefault(first.text().concat(second.text()), -1);
    return id >= 0 && pieces.get(id).score() > LEAST_SCORE ? id : -1;
  }

  /** A number that is the smaller, the sooner a token is merged; equal for equal scores. */
  int order(int token) {
    // the bits of a float, changed so that integers compare as the floats do, then turned round
    int bits = Float.floatToIntBits(pieces.get(token).score() + 0f); // −0 becomes 0: they are equal scores
    return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }
}
