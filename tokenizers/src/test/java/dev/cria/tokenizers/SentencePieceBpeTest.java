package dev.cria.tokenizers;

import static dev.cria.tokenizers.EncodeOptions.PROMPT;
import static dev.cria.tokenizers.EncodeOptions.TEXT;
import static dev.cria.tokenizers.Vocabularies.BOS;
import static dev.cria.tokenizers.Vocabularies.EOS;
import static dev.cria.tokenizers.Vocabularies.FIRST_BYTE;
import static dev.cria.tokenizers.Vocabularies.FIRST_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentencePieceBpeTest {

  private static final int SPACE = FIRST_TEXT;

  @Test void encode_emptyText_hasNoSpace() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a"));
    assertThat(tokenizer.encode("", PROMPT)).containsExactly(BOS);
    assertThat(tokenizer.encode("", TEXT)).isEmpty();
    assertThat(tokenizer.encode("", new EncodeOptions(true, true, false))).containsExactly(BOS, EOS);
  }

  @Test void encode_text_beginsWithASpaceAndIsNotTrimmed() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a"));
    assertThat(tokenizer.encode("a", PROMPT)).containsExactly(BOS, SPACE, SPACE + 1);
    assertThat(tokenizer.encode("  a \n", TEXT))
        .containsExactly(SPACE, SPACE, SPACE, SPACE + 1, SPACE, FIRST_BYTE + '\n');
  }

  @Test void encode_pairsOfSeveralScores_mergesTheBestFirst() {
    // "abc": bc (-4) is better than ab (-5), although ab comes first and abc would have followed from it
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a", "b", "bc", "ab", "abc", "c"));
    assertThat(tokenizer.encode("abc", TEXT)).containsExactly(SPACE, SPACE + 5);
    Tokenizer withoutWhole = new SentencePieceBpe(Vocabularies.of(" ", "a", "b", "bc", "ab", "c"));
    assertThat(withoutWhole.encode("abc", TEXT)).containsExactly(SPACE, SPACE + 1, SPACE + 3);
  }

  @Test void encode_equalScores_mergesTheLeftmostFirst() {
    var pieces = List.of(piece(" ", -9), piece("a", -9), piece("aa", -1), piece("b", -9), piece("ab", -1));
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(pieces));
    assertThat(tokenizer.encode("aaa", TEXT)).containsExactly(SPACE, SPACE + 2, SPACE + 1);
    assertThat(tokenizer.encode("aab", TEXT)).containsExactly(SPACE, SPACE + 2, SPACE + 3);
    assertThat(tokenizer.encode("aaab", TEXT)).containsExactly(SPACE, SPACE + 2, SPACE + 4);
  }

  @Test void encode_zeroScoresOfBothSigns_areEqual() {
    var pieces = List.of(piece(" ", -9), piece("a", -9), piece("ab", -0f), piece("b", -9), piece("ba", 0f));
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(pieces));
    assertThat(tokenizer.encode("aba", TEXT)).containsExactly(SPACE, SPACE + 2, SPACE + 1);
    assertThat(tokenizer.encode("bab", TEXT)).containsExactly(SPACE, SPACE + 4, SPACE + 3);
  }

  @Test void encode_scoreBelowAll_isNeverMerged() {
    var pieces = List.of(piece(" ", -9), piece("a", -9), piece("aa", -1e10f));
    assertThat(new SentencePieceBpe(Vocabularies.of(pieces)).encode("aa", TEXT)).containsExactly(SPACE, SPACE + 1,
        SPACE + 1);
  }

  @Test void encode_characterWithoutPiece_becomesItsBytes() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" "));
    assertThat(tokenizer.encode("é😀", TEXT)).containsExactly(SPACE, FIRST_BYTE + 0xC3, FIRST_BYTE + 0xA9,
        FIRST_BYTE + 0xF0, FIRST_BYTE + 0x9F, FIRST_BYTE + 0x98, FIRST_BYTE + 0x80);
  }

  @Test void encode_textSpelledLikeAByte_staysText() {
    Tokenizer tokenizer = new SentencePieceBpe(
        Vocabularies.of(" ", "<0x4", "1>", "<", "0", "x", "4", "1", ">", "<0", "<0x"));
    assertThat(tokenizer.encode("<0x41>", TEXT)).doesNotContain(FIRST_BYTE + 0x41);
  }

  @Test void encode_nul_isKept() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a"));
    assertThat(tokenizer.encode("a\0a", TEXT)).containsExactly(SPACE, SPACE + 1, FIRST_BYTE, SPACE + 1);
  }

  @Test void encode_unpairedSurrogate_isTheReplacementCharacter() {
    Tokenizer bytes = new SentencePieceBpe(Vocabularies.of(" "));
    int[] replacement = {SPACE, FIRST_BYTE + 0xEF, FIRST_BYTE + 0xBF, FIRST_BYTE + 0xBD};
    assertThat(bytes.encode("\uD83D", TEXT)).containsExactly(replacement);
    assertThat(bytes.encode("\uDE00", TEXT)).containsExactly(replacement);
    Tokenizer whole = new SentencePieceBpe(Vocabularies.of(" ", "\uFFFD", "a"));
    assertThat(whole.encode("\uD83Da", TEXT)).containsExactly(SPACE, SPACE + 1, SPACE + 2);
  }

  @Test void encode_controlTokenSpelled_isTextUnlessAskedFor() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a", "<", "s", ">", "/"));
    assertThat(tokenizer.encode("<s>a</s>", TEXT)).doesNotContain(BOS, EOS).hasSize(9);
    assertThat(tokenizer.encode("<s>a</s>", TEXT.withSpecial(true))).containsExactly(BOS, SPACE, SPACE + 1, EOS);
    assertThat(tokenizer.encode("a</s><s>a", TEXT.withSpecial(true))).containsExactly(SPACE, SPACE + 1, EOS, BOS, SPACE,
        SPACE + 1);
    assertThat(tokenizer.encode("</sa", TEXT.withSpecial(true))).doesNotContain(EOS);
  }

  @Test void encode_userDefinedPiece_isFoundWholeAndNotMerged() {
    var pieces = List.of(piece(" ", -9), piece("a", -9), new Piece("aba", 0, Kind.USER_DEFINED), piece("b", -9),
        piece("ab", -1), piece("abab", 0));
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(pieces));
    assertThat(tokenizer.encode("abab", TEXT)).containsExactly(SPACE, SPACE + 2, SPACE + 3);
  }

  @Test void encode_unknownInsteadOfBytes_isOneTokenForACharacter() {
    List<Piece> pieces = List.of(new Piece("<unk>", 0, Kind.UNKNOWN), new Piece("<s>", 0, Kind.CONTROL),
        new Piece("</s>", 0, Kind.CONTROL), piece(" ", -1), piece("a", -1));
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.vocabulary(pieces, OptionalInt.of(0)));
    assertThat(tokenizer.encode("a😀", TEXT)).containsExactly(3, 4, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SentencePieceBpe(Vocabularies.vocabulary(pieces, OptionalInt.empty())))
        .withMessageContaining("no piece <0x00> and no piece for the unknown");
  }

  @Test void encode_bosOfAVocabularyWithoutIt_isRefused() {
    Vocabulary made = Vocabularies.of(" ");
    Tokenizer tokenizer = new SentencePieceBpe(new Vocabulary(made.model(), made.pieces(),
        new Vocabulary.Special(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty()), Map.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.encode("a", PROMPT))
        .withMessage("the vocabulary has no token that begins a text; encode without it");
    assertThat(tokenizer.encode("", TEXT)).isEmpty();
  }

  @Test void encode_unknownsInARow_areOneIfFused() {
    List<Piece> pieces = List.of(new Piece("<unk>", 0, Kind.UNKNOWN), new Piece("<s>", 0, Kind.CONTROL),
        new Piece("</s>", 0, Kind.CONTROL), piece(" ", -1), piece("a", -1));
    Vocabulary made = Vocabularies.vocabulary(pieces, OptionalInt.of(0));
    assertThat(new SentencePieceBpe(with(made, "fuse_unk", "true")).encode("xya z", TEXT))
        .containsExactly(3, 0, 4, 3, 0);
    assertThat(new SentencePieceBpe(made).encode("xya z", TEXT)).containsExactly(3, 0, 0, 4, 3, 0);
  }

  @Test void encode_mergesByRank_goByTheListAndNotByScores() {
    // ab is first in the list although bc has the better score; (a, bc) makes abc, (ab, c) does not
    var pieces = List.of(piece(" ", 0), piece("a", 0), piece("b", 0), piece("c", 0), piece("ab", -9), piece("bc", -1),
        piece("abc", -1));
    Vocabulary made = Vocabularies.of(pieces);
    Vocabulary ranked = new Vocabulary(made.model(), made.pieces(), List.of("a b", "b c", "a bc"), made.special(),
        Map.of());
    assertThat(new SentencePieceBpe(made).encode("abc", TEXT)).containsExactly(SPACE, SPACE + 6);
    assertThat(new SentencePieceBpe(ranked).encode("abc", TEXT)).containsExactly(SPACE, SPACE + 4, SPACE + 3);
  }

  @Test void encode_mergesByRank_writeSpacesAsSentencePieceDoes() {
    Vocabulary made = Vocabularies.of(" ", "a", " a", "  ");
    Vocabulary ranked = new Vocabulary(made.model(), made.pieces(), List.of("\u2581 a", "\u2581 \u2581"),
        made.special(), Map.of());
    assertThat(new SentencePieceBpe(ranked).encode("a  a", TEXT)).containsExactly(SPACE + 2, SPACE, SPACE + 2);
  }

  @Test void encode_spacePrefix_standsWhereTheSettingSays() {
    List<Piece> pieces = List.of(piece(" ", -1), piece("a", -1), new Piece("<t>", 0, Kind.USER_DEFINED));
    assertPrefixed(pieces, "true", "a<t>a</s>a", "_aT a # _a");
    assertPrefixed(pieces, "false", "a<t>a</s>a", "aT a # a");
    assertPrefixed(pieces, "part", "a<t>a</s> a", "_aT _a # __a");
    assertPrefixed(pieces, "part-without-space", "a<t>a</s> a", "_aT _a # _a");
    assertPrefixed(pieces, "start-without-space", "a<t>a</s>a", "_aT a # a");
    assertPrefixed(pieces, "start-without-space", " a<t>a", "_aT a");
    assertPrefixed(pieces, "start-without-space", "<t>a", "T a");
    assertPrefixed(pieces, "true", "<t>a", "_T a");
    assertThatIllegalArgumentException().isThrownBy(() -> assertPrefixed(pieces, "x", "", ""))
        .withMessage("the setting add_space_prefix is 'x'; expected one of [false, true, part, part-without-space,"
            + " start-without-space]");
  }

  @Test void decode_withoutASpacePrefix_keepsTheSpaceAfterBos() {
    Vocabulary made = Vocabularies.of(" a");
    assertThat(new SentencePieceBpe(made).decode(new int[]{BOS, FIRST_TEXT})).isEqualTo("a");
    assertThat(new SentencePieceBpe(with(made, "add_space_prefix", "false")).decode(new int[]{BOS, FIRST_TEXT}))
        .isEqualTo(" a");
  }

  @Test void encode_extraSpaces_areLeftOutIfTheVocabularySaysSo() {
    Vocabulary made = with(Vocabularies.of(" ", "a", "\n"), "remove_extra_whitespaces", "true");
    Tokenizer tokenizer = new SentencePieceBpe(made);
    assertThat(tokenizer.encode("  a   a \n ", TEXT)).containsExactly(SPACE, SPACE + 1, SPACE, SPACE + 1, SPACE,
        SPACE + 2);
    assertThat(tokenizer.encode("   ", TEXT)).isEmpty();
  }

  @Test void encode_normalizedToken_isFoundAsItIsAfterNormalisation() {
    List<Piece> pieces = List.of(piece(" ", -1), piece("a", -1), piece("<", -1),
        new Piece("<t>", 0, Kind.USER_DEFINED));
    Vocabulary made = with(Vocabularies.of(pieces), "add_space_prefix", "part");
    int[] tool = {FIRST_TEXT + 3};
    Tokenizer later = new SentencePieceBpe(with(made, "normalized_tokens", Integer.toString(FIRST_TEXT + 3)));
    assertThat(later.encode("<t>", TEXT)).as("' <t>', as it is spelled then").isEqualTo(tool);
    assertThat(later.encode("a<t>", TEXT)).as("no space before it").doesNotContain(tool);
    assertThat(later.encode("a <t>a", TEXT)).containsExactly(SPACE, SPACE + 1, FIRST_TEXT + 3, SPACE + 1);
  }

  @Test void encode_pieceWithASpaceWithin_isFoundAcrossWords() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a", "a ", "a a"));
    assertThat(tokenizer.encode("a a", TEXT)).containsExactly(SPACE, SPACE + 3);
  }

  private static void assertPrefixed(List<Piece> pieces, String setting, String text, String expected) {
    int[] ids = new SentencePieceBpe(with(Vocabularies.of(pieces), "add_space_prefix", setting)).encode(text,
        TEXT.withSpecial(true));
    StringBuilder spelled = new StringBuilder();
    for (int id : ids) {
      spelled.append(id == EOS ? '#' : "_aT".charAt(id - SPACE));
    }
    assertThat(spelled.toString()).as("%s: '%s'", setting, text).isEqualTo(expected.replace(" ", ""));
  }

  private static Vocabulary with(Vocabulary made, String key, String value) {
    Map<String, String> settings = new HashMap<>(made.metadata());
    settings.put(key, value);
    return new Vocabulary(made.model(), made.pieces(), made.merges(), made.special(), settings);
  }

  @Test void constructor_otherAlgorithm_isRefused() {
    Vocabulary made = Vocabularies.of(" ");
    var other = new Vocabulary(Vocabulary.Model.BYTE_LEVEL_BPE, made.pieces(), made.special(), Map.of());
    assertThatIllegalArgumentException().isThrownBy(() -> new SentencePieceBpe(other))
        .withMessage("the vocabulary is for BYTE_LEVEL_BPE; expected SENTENCEPIECE_BPE");
  }

  @Test void encode_randomTextAndVocabulary_equalsTheDefinition() {
    Random random = new Random(20_260_101L);
    for (int round = 0; round < 300; round++) {
      Vocabulary vocabulary = randomVocabulary(random);
      Tokenizer tokenizer = new SentencePieceBpe(vocabulary);
      NaiveBpe naive = new NaiveBpe(vocabulary);
      for (int i = 0; i < 10; i++) {
        String text = randomText(random, random.nextInt(60));
        assertThat(tokenizer.encode(text, TEXT)).as("round %d, text '%s'", round, text)
            .containsExactly(naive.encode(text));
        assertThat(tokenizer.decode(tokenizer.encode(text, TEXT))).as("round %d, and back", round).isEqualTo(text);
        assertThat(tokenizer.decode(tokenizer.encode(text, PROMPT))).as("round %d, with BOS", round).isEqualTo(text);
      }
    }
  }

  @Test void encode_oneLetterAMillionTimes_mergesAllOfThem() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" ", "a", "aaaaaaaa", "aaaa", "aa"));
    int[] ids = tokenizer.encode("a".repeat(1 << 20), TEXT);
    assertThat(ids).hasSize(1 + (1 << 17)).startsWith(SPACE, SPACE + 2).endsWith(SPACE + 2);
  }

  @Test void bytes_idOutOfRange_isRefused() {
    Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.bytes(-1, 260))
        .withMessage("token must be in [0, 260), got 260");
    assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.bytes(-1, -1))
        .withMessage("token must be in [0, 260), got -1");
  }

  /** Few letters, pieces of up to six of them, and few different scores: many pairs, many ties. */
  private static Vocabulary randomVocabulary(Random random) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(piece(" ", -9));
    for (String letter : List.of("a", "b", "é", "😀")) {
      if (random.nextInt(5) > 0) {
        pieces.add(piece(letter, -random.nextInt(4)));
      }
    }
    int levels = 1 + random.nextInt(8);
    for (int i = 0; i < 40; i++) {
      String text = randomText(random, 2 + random.nextInt(5));
      if (pieces.stream().noneMatch(piece -> piece.text().equals(text))) {
        pieces.add(piece(text, -random.nextInt(levels)));
      }
    }
    return Vocabularies.of(pieces);
  }

  private static String randomText(Random random, int characters) {
    String[] alphabet = {"a", "a", "a", "b", "b", " ", "é", "😀"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  private static Piece piece(String text, float score) {
    return new Piece(text, score, Kind.NORMAL);
  }
}
