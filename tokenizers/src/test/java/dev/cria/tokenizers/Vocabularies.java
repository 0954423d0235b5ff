package dev.cria.tokenizers;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Model;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.api.checkpoint.Vocabulary.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Small vocabularies in the manner of llama2.c: unknown, BOS, EOS, 256 bytes, then text. */
final class Vocabularies {

  static final int BOS = 1;
  static final int EOS = 2;
  static final int FIRST_BYTE = 3;
  static final int FIRST_TEXT = 259;

  private Vocabularies() {}

  /** With pieces of text whose scores fall from −1, by one each. */
  static Vocabulary of(String... texts) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      pieces.add(new Piece(texts[i], -1 - i, Kind.NORMAL));
    }
    return of(pieces);
  }

  static Vocabulary of(List<Piece> texts) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece("<unk>", 0, Kind.UNKNOWN));
    pieces.add(new Piece("\n<s>\n", 0, Kind.CONTROL));
    pieces.add(new Piece("\n</s>\n", 0, Kind.CONTROL));
    for (int b = 0; b < 256; b++) {
      pieces.add(new Piece("<0x%02X>".formatted(b), 0, Kind.BYTE));
    }
    pieces.addAll(texts);
    return vocabulary(pieces, OptionalInt.of(0));
  }

  static Vocabulary vocabulary(List<Piece> pieces, OptionalInt unknown) {
    return new Vocabulary(Model.SENTENCEPIECE_BPE, pieces,
        new Special(unknown, OptionalInt.of(BOS), OptionalInt.of(EOS)), Map.of());
  }
}
