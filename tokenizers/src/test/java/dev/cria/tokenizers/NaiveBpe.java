package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.List;

/** The definition of the encoding, as plain as it can be: every merge looks at all pairs and at all pieces. */
final class NaiveBpe {

  private final List<Piece> pieces;

  NaiveBpe(Vocabulary vocabulary) {
    this.pieces = vocabulary.pieces();
  }

  int[] encode(String text) {
    List<Integer> ids = new ArrayList<>();
    (text.isEmpty() ? "" : " " + text).codePoints().forEach(codePoint -> {
      String character = Character.toString(codePoint);
      if (find(character) >= 0) {
        ids.add(find(character));
      } else {
        for (byte b : character.getBytes(UTF_8)) {
          ids.add((b & 0xFF) + Vocabularies.FIRST_BYTE);
        }
      }
    });
    while (mergeBest(ids)) {
      // each call merges one pair
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean mergeBest(List<Integer> ids) {
    float bestScore = -1e10f;
    int bestPlace = -1;
    int bestId = -1;
    for (int place = 0; place + 1 < ids.size(); place++) {
      Piece left = pieces.get(ids.get(place));
      Piece right = pieces.get(ids.get(place + 1));
      boolean text = left.kind() == Kind.NORMAL && right.kind() == Kind.NORMAL;
      int id = text ? find(left.text() + right.text()) : -1;
      if (id >= 0 && pieces.get(id).score() > bestScore) {
        bestScore = pieces.get(id).score();
        bestPlace = place;
        bestId = id;
      }
    }
    if (bestPlace < 0) {
      return false;
    }
    ids.set(bestPlace, bestId);
    ids.subList(bestPlace + 1, bestPlace + 2).clear();
    return true;
  }

  private int find(String text) {
    for (int id = 0; id < pieces.size(); id++) {
      if (pieces.get(id).kind() == Kind.NORMAL && pieces.get(id).text().equals(text)) {
        return id;
      }
    }
    return -1;
  }
}
