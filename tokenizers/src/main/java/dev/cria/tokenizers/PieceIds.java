package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of pieces of text; the first one where two are spelled alike. */
final class PieceIds {

  private final Map<String, Integer> ids;
  private final int longest;

  /** Of those pieces that are of some kinds. */
  PieceIds(List<Piece> pieces, Set<Kind> kinds) {
    ids = HashMap.newHashMap(pieces.size());
    int most = 0;
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      if (kinds.contains(piece.kind())) {
        ids.putIfAbsent(piece.text(), id);
        most = Math.max(most, piece.text().length());
      }
    }
    longest = most;
  }

  /** The token of a text, or −1. */
  int get(String text) {
    return ids.getOrDefault(text, -1);
  }

  /** How many chars the longest of them has. */
  int longest() {
    return longest;
  }
}
