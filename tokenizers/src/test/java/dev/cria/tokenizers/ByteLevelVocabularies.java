package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.api.checkpoint.Vocabulary.Special;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Small vocabularies of bytes: 256 of them, a token that ends a text, one that was added, then what merges make. */
final class ByteLevelVocabularies {

  static final int END = 256;
  static final int ADDED = 257;
  static final int FIRST_MERGED = 258;

  private ByteLevelVocabularies() {}

  /** With merges, the first ones first; token b is the byte b. */
  static Vocabulary of(Map<String, String> settings, String... merges) {
    List<Piece> pieces = pieces();
    for (String merge : merges) {
      Piece piece = new Piece(merge.replace(" ", ""), 0, Kind.NORMAL);
      if (!pieces.contains(piece)) {
        pieces.add(piece);
      }
    }
    return of(settings, pieces, List.of(merges));
  }

  /** Words cut as by GPT-2. */
  static Vocabulary gpt2(String... merges) {
    return of(Map.of("pre", "gpt-2"), merges);
  }

  static Vocabulary of(Map<String, String> settings, List<Piece> pieces, List<String> merges) {
    return new Vocabulary(Model.BYTE_LEVEL_BPE, pieces, merges,
        new Special(OptionalInt.empty(), OptionalInt.of(END), OptionalInt.of(END)), settings);
  }

  static List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      pieces.add(new Piece(spelling(b), 0, Kind.NORMAL));
    }
    pieces.add(new Piece("<|end|>", 0, Kind.CONTROL));
    pieces.add(new Piece("<tool>", 0, Kind.USER_DEFINED));
    return pieces;
  }

  static Map<String, String> with(String... keysAndValues) {
    Map<String, String> settings = new HashMap<>(Map.of("pre", "gpt-2"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }

  /** By the definition: printable characters of Latin-1 are themselves, the others are counted from U+0100 on. */
  private static String spelling(int b) {
    boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
    int others = 0;
    for (int before = 0; before < b; before++) {
      others += (before > 32 && before < 127) || (before > 160 && before != 173) ? 0 : 1;
    }
    return Character.toString(printable ? b : 256 + others);
  }
}
