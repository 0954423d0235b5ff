package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Merges by rank: a list of pairs, the first of which are merged first. Immutable. */
final class RankMerges implements Merges {

  /*
   * A control token never arises from text: a merge that makes one, or is made of one, is left out. A merge that names no
   * token at all is a sign of a damaged file.
   */
  private static final int LONGEST = 4096; // chars; those of real vocabularies have less than 300
  private static final char SENTENCE_PIECE_SPACE = '\u2581'; // merges of SentencePiece have it, pieces a space

  private final IdMap ranks; // by pair
  private final int[] merged; // by rank

  /**
   * Takes the merges of a vocabulary.
   *
   * @param ids of its pieces of text
   * @throws IllegalArgumentException if one names no token
   */
  RankMerges(Vocabulary vocabulary, PieceIds ids) {
    List<String> merges = vocabulary.merges();
    boolean spaces = vocabulary.model() == Vocabulary.Model.SENTENCEPIECE_BPE;
    Set<String> others = vocabulary.pieces().stream().filter(piece -> !isText(piece)).map(Piece::text)
        .collect(Collectors.toSet());
    ranks = new IdMap(merges.size());
    merged = new int[merges.size()];
    for (int rank = 0; rank < merges.size(); rank++) {
      String merge = merges.get(rank);
      boolean sound = merge.length() <= LONGEST && (add(rank, merge, spaces, ids) || isOfOthers(merge, ids, others));
      if (!sound) {
        throw new IllegalArgumentException("merge " + rank + ", '" + shortened(merge)
            + "', does not name two tokens that make a third; the file is damaged");
      }
    }
  }

  @Override public long pair(int left, int right) {
    int rank = ranks.get((long) left << 32 | right);
    return rank < 0 ? NONE : Merges.of(rank, merged[rank]);
  }

  /** A space parts the two; where pieces have spaces, too, it is the first one that leaves tokens on both sides. */
  private boolean add(int rank, String merge, boolean spaces, PieceIds ids) {
    for (int space = merge.indexOf(' ', 1); space > 0; space = merge.indexOf(' ', space + 1)) {
      String first = piece(merge.substring(0, space), spaces);
      String second = piece(merge.substring(space + 1), spaces);
      int left = ids.get(first);
      int right = left < 0 ? -1 : ids.get(second);
      int both = right < 0 ? -1 : ids.get(first.concat(second));
      if (both >= 0) {
        long pair = (long) left << 32 | right;
        if (ranks.get(pair) == IdMap.ABSENT) {
          ranks.put(pair, rank);
          merged[rank] = both;
        }
        return true;
      }
    }
    return false;
  }

  private static String piece(String part, boolean spaces) {
    return spaces ? part.replace(SENTENCE_PIECE_SPACE, ' ') : part;
  }

  /** Whether a merge is sound, but has to do with tokens that are no text. */
  private static boolean isOfOthers(String merge, PieceIds ids, Set<String> others) {
    for (int space = merge.indexOf(' ', 1); space > 0; space = merge.indexOf(' ', space + 1)) {
      String first = merge.substring(0, space);
      String second = merge.substring(space + 1);
      List<String> parts = List.of(first, second, first.concat(second));
      if (parts.stream().allMatch(part -> others.contains(part) || ids.get(part) >= 0)) {
        return true;
      }
    }
    return false;
  }

  static boolean isText(Piece piece) {
    return piece.kind() == Kind.NORMAL || piece.kind() == Kind.USER_DEFINED;
  }

  private static String shortened(String merge) {
    return merge.length() > 80 ? merge.substring(0, 80) + "…" : merge;
  }
}
