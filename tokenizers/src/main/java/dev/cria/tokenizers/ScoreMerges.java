package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.List;

/** Merges by score, as SentencePiece and llama2.c have them; one for each text. */
final class ScoreMerges implements Merges {

  /*
   * Two tokens merge if their texts, one after the other, are the text of a third. To cut every piece in two in every way
   * beforehand would spare encoding all comparison of text, but delays every start (60,000 pairs in Llama 2); so a pair is
   * looked up when it is first met, and remembered while a text is being encoded.
   * Only pieces of text take part: no control token arises from text (llama2.c knows no kinds, but in its own vocabularies
   * none can), and a byte stays a byte.
   */
  private static final float LEAST_SCORE = -1e10f; // llama2.c merges what is above

  private final List<Piece> pieces;
  private final PieceIds ids;
  private final IdMap known = new IdMap(64); // what pairs of tokens merge into, or −1, as far as was asked

  ScoreMerges(List<Piece> pieces, PieceIds ids) {
    this.pieces = pieces;
    this.ids = ids;
  }

  @Override public long pair(int left, int right) {
    long key = (long) left << 32 | right;
    int id = known.get(key);
    if (id == IdMap.ABSENT) {
      id = merged(pieces.get(left), pieces.get(right));
      known.put(key, id);
    }
    return id < 0 ? NONE : Merges.of(order(id), id);
  }

  private int merged(Piece left, Piece right) {
    if (left.kind() != Kind.NORMAL || right.kind() != Kind.NORMAL
        || left.text().length() + right.text().length() > ids.longest()) {
      return -1;
    }
    int id = ids.get(left.text().concat(right.text()));
    return id >= 0 && pieces.get(id).score() > LEAST_SCORE ? id : -1;
  }

  /** A number that is the smaller, the sooner a token is merged; equal for equal scores. */
  private int order(int token) {
    // the bits of a float, changed so that integers compare as the floats do, then turned round
    int bits = Float.floatToIntBits(pieces.get(token).score() + 0f); // −0 becomes 0: they are equal scores
    return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }
}
