package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Merges by rank: a list of pairs, the first of which are merged first. Immutable. */
final class RankMerges implements Merges {

  /*
   * A control token never arises from text: a merge that makes one, or is made of one, is left out. A merge that names no
   * token at all is a sign of a damaged file.
   */
  private static final char SENTENCE_PIECE_SPACE = '\u2581'; // merges of SentencePiece have it, pieces a space

  private final IdMap ranks; // by pair
  private final int[] merged; // by rank

  /**
   * Takes the merges of a vocabulary.
   *
   * @throws IllegalArgumentException if one names no token
   */
  RankMerges(Vocabulary vocabulary) {
    List<String> merges = vocabulary.merges();
    Map<String, Integer> tokens = tokens(vocabulary);
    ranks = new IdMap(merges.size());
    merged = new int[merges.size()];
    for (int rank = 0; rank < merges.size(); rank++) {
      add(rank, merges.get(rank), tokens, vocabulary.pieces());
    }
  }

  @Override public long pair(int left, int right) {
    int rank = ranks.get((long) left << 32 | right);
    return rank < 0 ? NONE : Merges.of(rank, merged[rank]);
  }

  private static Map<String, Integer> tokens(Vocabulary vocabulary) {
    List<Piece> pieces = vocabulary.pieces();
    boolean spaces = vocabulary.model() == Vocabulary.Model.SENTENCEPIECE_BPE;
    Map<String, Integer> tokens = HashMap.newHashMap(pieces.size());
    for (int id = 0; id < pieces.size(); id++) {
      String text = pieces.get(id).text();
      tokens.putIfAbsent(spaces ? text.replace(' ', SENTENCE_PIECE_SPACE) : text, id);
    }
    return tokens;
  }

  /** A space parts the two; where pieces have spaces, too, it is the first one that leaves tokens on both sides. */
  private void add(int rank, String merge, Map<String, Integer> tokens, List<Piece> pieces) {
    for (int space = merge.indexOf(' ', 1); space > 0; space = merge.indexOf(' ', space + 1)) {
      String first = merge.substring(0, space);
      String second = merge.substring(space + 1);
      Integer left = tokens.get(first);
      Integer right = tokens.get(second);
      Integer both = left == null || right == null ? null : tokens.get(first.concat(second));
      if (left != null && right != null && both != null) {
        long pair = (long) left << 32 | right;
        if (isText(pieces.get(left)) && isText(pieces.get(right)) && isText(pieces.get(both))
            && ranks.get(pair) == IdMap.ABSENT) {
          ranks.put(pair, rank);
          merged[rank] = both;
        }
        return;
      }
    }
    throw new IllegalArgumentException("merge " + rank + ", '" + shortened(merge)
        + "', does not name two tokens that make a third; the file is damaged");
  }

  static boolean isText(Piece piece) {
    return piece.kind() == Kind.NORMAL || piece.kind() == Kind.USER_DEFINED;
  }

  private static String shortened(String merge) {
    return merge.length() > 80 ? merge.substring(0, 80) + "…" : merge;
  }
}
