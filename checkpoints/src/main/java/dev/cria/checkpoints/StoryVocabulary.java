package dev.cria.checkpoints;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Builds the vocabulary of the built-in checkpoint, laid out as llama2.c's: three controls, 256 bytes, merged pieces, single
 * characters.
 *
 * <p>Every beginning of a word of the story is a piece (" t", " ti", " tim", " time"), so that merging letter by letter
 * leads to the whole word; these score higher than the few merges of other text, so that nothing else gets in the way.
 */
final class StoryVocabulary {

  static final int BOS = 1;
  private static final int EOS = 2;

  private static final List<String> OTHER_MERGES = List.of("th", "he", "in", "er", "an", "on", "re", "ed", "nd", "ll",
      "ing", "the", "and", "ld", "ou");

  private StoryVocabulary() {}

  static Vocabulary of(Story story) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece("<unk>", 0, Kind.UNKNOWN));
    pieces.add(new Piece("\n<s>\n", 0, Kind.CONTROL));
    pieces.add(new Piece("\n</s>\n", 0, Kind.CONTROL));
    for (int value = 0; value < 256; value++) {
      pieces.add(new Piece(String.format(Locale.ROOT, "<0x%02X>", value), 0, Kind.BYTE));
    }
    for (String text : scored(story)) {
      pieces.add(new Piece(text, -(pieces.size() - 259), Kind.NORMAL));
    }
    var special = new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(BOS), OptionalInt.of(EOS));
    return new Vocabulary(Vocabulary.Model.SENTENCEPIECE_BPE, pieces, special, Map.of());
  }

  /** The merged pieces, those that go first at the front, then single characters. */
  private static Set<String> scored(Story story) {
    Set<String> texts = new LinkedHashSet<>();
    for (String word : story.words()) {
      for (int length = 2; length <= word.length(); length++) {
        texts.add(word.substring(0, length));
      }
    }
    texts.addAll(OTHER_MERGES);
    for (char letter = ' '; letter <= '~'; letter++) {
      texts.add(String.valueOf(letter));
    }
    texts.add("\n");
    return texts;
  }
}
