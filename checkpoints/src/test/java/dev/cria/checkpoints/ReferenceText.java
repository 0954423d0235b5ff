package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text to tokens and back as llama2.c has it, in the plainest way; ASCII and bytes only. */
final class ReferenceText {

  private final List<Vocabulary.Piece> pieces;
  private final Map<String, Integer> ids = new HashMap<>();

  ReferenceText(Vocabulary vocabulary) {
    this.pieces = vocabulary.pieces();
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id).text(), id);
    }
  }

  /** BOS, a space, then single characters or bytes; the pair that makes the piece of the highest score is merged first. */
  List<Integer> encode(String text) {
    List<Integer> tokens = new ArrayList<>(List.of(1));
    (text.isEmpty() ? "" : " " + text).codePoints().forEach(point -> {
      int id = id(Character.toString(point));
      if (id >= 0) {
        tokens.add(id);
      } else {
        for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          tokens.add(3 + (each & 0xff));
        }
      }
    });
    while (true) {
      int best = -1;
      for (int i = 1; i + 1 < tokens.size(); i++) {
        int id = id(text(tokens, i) + text(tokens, i + 1));
        if (id >= 0 && (best < 0 || pieces.get(id).score() > pieces.get(merged(tokens, best)).score())) {
          best = i;
        }
      }
      if (best < 0) {
        return tokens;
      }
      tokens.set(best, merged(tokens, best));
      tokens.remove(/* index */ best + 1);
    }
  }

  /** The pieces of tokens after BOS, without the space at the start. */
  String decode(List<Integer> tokens) {
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append(pieces.get(token).text()));
    return text.toString().startsWith(" ") ? text.substring(1) : text.toString();
  }

  private int merged(List<Integer> tokens, int i) {
    return id(text(tokens, i) + text(tokens, i + 1));
  }

  private String text(List<Integer> tokens, int i) {
    return pieces.get(tokens.get(i)).text();
  }

  private int id(String text) {
    return ids.getOrDefault(text, -1);
  }
}
