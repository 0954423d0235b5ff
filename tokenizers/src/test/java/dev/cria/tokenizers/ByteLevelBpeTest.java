package dev.cria.tokenizers;

import static dev.cria.tokenizers.ByteLevelVocabularies.ADDED;
import static dev.cria.tokenizers.ByteLevelVocabularies.END;
import static dev.cria.tokenizers.ByteLevelVocabularies.FIRST_MERGED;
import static dev.cria.tokenizers.ByteLevelVocabularies.gpt2;
import static dev.cria.tokenizers.ByteLevelVocabularies.with;
import static dev.cria.tokenizers.EncodeOptions.PROMPT;
import static dev.cria.tokenizers.EncodeOptions.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteLevelBpeTest {

  private static final String SPACE = "\u0120"; // how the byte of a space is spelled

  @Test void encode_withoutMerges_givesTheBytes() {
    Tokenizer tokenizer = Tokenizer.of(gpt2());
    assertThat(tokenizer.encode("a é😀\0", TEXT)).containsExactly('a', ' ', 0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80, 0);
    assertThat(tokenizer.encode("", TEXT)).isEmpty();
    assertThat(tokenizer.encode("\uD83D", TEXT)).as("a surrogate alone").containsExactly(0xEF, 0xBF, 0xBD);
  }

  @Test void encode_mergesOfSeveralRanks_takesTheFirstOfTheList() {
    Tokenizer tokenizer = Tokenizer.of(gpt2("b c", "a b", "a bc"));
    assertThat(tokenizer.encode("abc", TEXT)).containsExactly(FIRST_MERGED + 2);
    assertThat(tokenizer.encode("abab", TEXT)).containsExactly(FIRST_MERGED + 1, FIRST_MERGED + 1);
    assertThat(Tokenizer.of(gpt2("b c", "a b")).encode("abc", TEXT)).containsExactly('a', FIRST_MERGED);
  }

  @Test void encode_equalRanks_mergesTheLeftmostFirst() {
    assertThat(Tokenizer.of(gpt2("a a")).encode("aaa", TEXT)).containsExactly(FIRST_MERGED, 'a');
  }

  @Test void encode_mergeBeyondAWord_isNotMade() {
    Tokenizer tokenizer = Tokenizer.of(gpt2(SPACE + " a", "a " + SPACE));
    assertThat(tokenizer.encode("a a", TEXT)).containsExactly('a', FIRST_MERGED);
  }

  @Test void encode_wordThatIsAToken_isTakenWholeOnlyIfMergesAreIgnored() {
    List<Piece> pieces = ByteLevelVocabularies.pieces();
    pieces.add(new Piece("abc", 0, Kind.NORMAL));
    for (var wholeWords : List.of(with("ignore_merges", "true"), Map.of("pre", "llama-bpe"))) {
      assertThat(Tokenizer.of(ByteLevelVocabularies.of(wholeWords, pieces, List.of())).encode("abc abc", TEXT))
          .containsExactly(FIRST_MERGED, ' ', 'a', 'b', 'c');
    }
    for (var merges : List.of(with(), Map.of("pre", "llama-bpe", "ignore_merges", "false"))) {
      assertThat(Tokenizer.of(ByteLevelVocabularies.of(merges, pieces, List.of())).encode("abc", TEXT))
          .containsExactly('a', 'b', 'c');
    }
  }

  @Test void encode_bos_isPutWhereTheModelsTextsHaveIt() {
    assertThat(Tokenizer.of(gpt2()).encode("a", PROMPT)).as("GPT-2").containsExactly('a');
    assertThat(Tokenizer.of(ByteLevelVocabularies.of(Map.of("pre", "llama-bpe"))).encode("a", PROMPT)).as("Llama 3")
        .containsExactly(END, 'a');
    assertThat(Tokenizer.of(ByteLevelVocabularies.of(with("add_bos_token", "true"))).encode("a", PROMPT)).as("said")
        .containsExactly(END, 'a');
    assertThat(Tokenizer.of(ByteLevelVocabularies.of(Map.of("pre", "llama-bpe", "add_bos_token", "false")))
        .encode("a", PROMPT)).as("denied").containsExactly('a');
    assertThat(Tokenizer.of(gpt2()).encode("", PROMPT)).as("something to continue").containsExactly(END);
    assertThat(Tokenizer.of(gpt2()).encode("a", new EncodeOptions(false, true, false))).containsExactly('a', END);
  }

  @Test void encode_specialPieces_areFoundWholeButControlOnesOnlyIfAskedFor() {
    Tokenizer tokenizer = Tokenizer.of(gpt2("< |", "t o"));
    assertThat(tokenizer.encode("a<tool>b", TEXT)).containsExactly('a', ADDED, 'b');
    assertThat(tokenizer.encode("<|end|>", TEXT)).doesNotContain(END).startsWith(FIRST_MERGED);
    assertThat(tokenizer.encode("a<|end|><tool>", TEXT.withSpecial(true))).containsExactly('a', END, ADDED);
  }

  @Test void encode_controlTokenThatMergesWouldMake_neverArisesFromText() {
    List<Piece> pieces = ByteLevelVocabularies.pieces();
    pieces.add(new Piece("xy", 0, Kind.CONTROL));
    Tokenizer tokenizer = Tokenizer.of(ByteLevelVocabularies.of(with("ignore_merges", "true"), pieces, List.of("x y")));
    assertThat(tokenizer.encode("xy", TEXT)).containsExactly('x', 'y');
    assertThat(tokenizer.encode("xy", TEXT.withSpecial(true))).containsExactly(FIRST_MERGED);
  }

  @Test void encode_prefixSpace_isPutBeforeEachPartWithoutOne() {
    Tokenizer tokenizer = Tokenizer.of(ByteLevelVocabularies.of(with("add_prefix_space", "true")));
    assertThat(tokenizer.encode("a<tool> b<tool>c", TEXT)).containsExactly(' ', 'a', ADDED, ' ', 'b', ADDED, ' ', 'c');
  }

  @Test void encode_normalForm_isThatOfTheVocabulary() {
    String apart = "e\u0301";
    assertThat(Tokenizer.of(gpt2()).encode(apart, TEXT)).containsExactly('e', 0xCC, 0x81);
    assertThat(Tokenizer.of(ByteLevelVocabularies.of(with("normal_form", "NFC"))).encode(apart, TEXT))
        .containsExactly(0xC3, 0xA9);
  }

  @Test void encode_normalizedToken_isFoundAfterNormalisation() {
    List<Piece> pieces = ByteLevelVocabularies.pieces();
    pieces.add(new Piece("\u00E9", 0, Kind.USER_DEFINED));
    for (boolean after : new boolean[]{true, false}) {
      Tokenizer tokenizer = Tokenizer.of(ByteLevelVocabularies
          .of(with("normal_form", "NFC", "normalized_tokens", after ? "" + FIRST_MERGED : ""), pieces, List.of()));
      assertThat(tokenizer.encode("e\u0301", TEXT)).as("found after: %s", after)
          .containsExactly(after ? new int[]{FIRST_MERGED} : new int[]{0xC3, 0xA9});
    }
  }

  @Test void encode_repeatedAndLongWords_areTheSameAsTheFirstTime() {
    Tokenizer tokenizer = Tokenizer.of(gpt2("a b", SPACE + " ab"));
    int[] once = tokenizer.encode(" ab" + " x".repeat(70), TEXT);
    int[] often = tokenizer.encode((" ab" + " x".repeat(70)).repeat(300), TEXT);
    assertThat(often).hasSize(300 * once.length);
    for (int i = 0; i < often.length; i++) {
      assertThat(often[i]).as("token %d", i).isEqualTo(once[i % once.length]);
    }
  }

  @Test void encode_randomTextAndMerges_equalsTheDefinition() {
    Random random = new Random(20_261_126L);
    for (int round = 0; round < 200; round++) {
      List<String> merges = randomMerges(random);
      Vocabulary vocabulary = gpt2(merges.toArray(String[]::new));
      Tokenizer tokenizer = Tokenizer.of(vocabulary);
      for (int i = 0; i < 10; i++) {
        String text = randomWord(random, 1 + random.nextInt(40));
        assertThat(tokenizer.encode(text, TEXT)).as("round %d, '%s', %s", round, text, merges)
            .containsExactly(naive(text, vocabulary));
        assertThat(tokenizer.decode(tokenizer.encode(text, TEXT))).as("round %d, and back", round).isEqualTo(text);
      }
    }
  }

  @Test void encode_oneLetterAMillionTimes_mergesAllOfThem() {
    Tokenizer tokenizer = Tokenizer.of(gpt2("a a", "aa aa", "aaaa aaaa"));
    int[] ids = tokenizer.encode("a".repeat(1 << 20), TEXT);
    assertThat(ids).hasSize(1 << 17).containsOnly(FIRST_MERGED + 2);
  }

  @Test void bytes_areThoseOfThePieceOrItsSpelling() {
    List<Piece> pieces = ByteLevelVocabularies.pieces();
    pieces.add(new Piece(SPACE + "\u00C3\u00A9", 0, Kind.NORMAL));
    pieces.add(new Piece("中", 0, Kind.NORMAL));
    pieces.add(new Piece("\u00E9", 0, Kind.USER_DEFINED));
    Tokenizer tokenizer = Tokenizer.of(ByteLevelVocabularies.of(with(), pieces, List.of()));
    assertThat(tokenizer.bytes(-1, FIRST_MERGED)).isEqualTo(new byte[]{' ', (byte) 0xC3, (byte) 0xA9});
    assertThat(tokenizer.bytes(-1, FIRST_MERGED + 1)).as("no bytes, so text").isEqualTo("中".getBytes(UTF_8));
    assertThat(tokenizer.bytes(-1, FIRST_MERGED + 2)).as("added: text").isEqualTo("é".getBytes(UTF_8));
    assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.bytes(-1, 261))
        .withMessage("token must be in [0, 261), got 261");
  }

  @Test void constructor_vocabularyThatCannotBeUsed_isRefusedByName() {
    refuses(ByteLevelVocabularies.of(Map.of()),
        "it does not say how it cuts a text into words (pre); convert the model again, or name its tokenizer.json with -z");
    refuses(ByteLevelVocabularies.of(Map.of("pre", "tekken")),
        "it cuts a text into words as 'tekken' does, which is not"
            + " supported; those that are: gpt-2, phi-2, olmo, starcoder, smollm, refact, command-r, codeshell, llama-bpe,"
            + " llama3, llama-v3, falcon3, qwen2, deepseek-r1-qwen");
    refuses(ByteLevelVocabularies.of(with("unsupported", "it has the decoder X: that is not supported")),
        "it has the decoder X: that is not supported");
    List<Piece> pieces = ByteLevelVocabularies.pieces();
    pieces.set('A', new Piece("", 0, Kind.UNUSED));
    refuses(ByteLevelVocabularies.of(with(), pieces, List.of()),
        "it has no token 'A' for the byte 0x41; the file is damaged");
    Vocabulary other = new Vocabulary(Vocabulary.Model.OTHER, pieces, gpt2().special(), Map.of("model", "unigram"));
    refuses(other,
        "it is of the kind 'unigram', which is not supported; those that are: SentencePiece BPE and byte-level BPE");
  }

  @Test void constructor_mergesOfNoTokens_areRefused() {
    for (String merge : List.of("a", "", " ", "a ", " a", "aa b", "a bb", "a c", "a b c", "x".repeat(5000) + " y")) {
      Vocabulary vocabulary = ByteLevelVocabularies.of(with(), ByteLevelVocabularies.pieces(), List.of(merge));
      assertThatIllegalArgumentException().as("'%s'", merge).isThrownBy(() -> Tokenizer.of(vocabulary))
          .withMessageStartingWith("merge 0, '").withMessageEndingWith(
              "', does not name two tokens that make a third; the file is damaged")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
  }

  @Test void encode_byteThatTheVocabularyLacks_isLeftOut() {
    List<Piece> pieces = ByteLevelVocabularies.pieces();
    pieces.set(0xF1, new Piece("", 0, Kind.UNUSED));
    Tokenizer tokenizer = Tokenizer.of(ByteLevelVocabularies.of(with(), pieces, List.of()));
    assertThat(tokenizer.encode("a\uD8C0\uDC00", TEXT)).containsExactly('a', 0x80, 0x80, 0x80);
  }

  private static void refuses(Vocabulary vocabulary, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(vocabulary)).withMessage(message);
  }

  private static List<String> randomMerges(Random random) {
    List<String> parts = new ArrayList<>(List.of("a", "b", "c", "\u00C3", "\u00A9"));
    List<String> merges = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      String left = parts.get(random.nextInt(parts.size()));
      String right = parts.get(random.nextInt(parts.size()));
      if (!merges.contains(left + " " + right) && left.length() + right.length() < 9) {
        merges.add(random.nextInt(merges.size() + 1), left + " " + right);
        parts.add(left + right);
      }
    }
    return merges;
  }

  private static String randomWord(Random random, int letters) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      word.append("aaabbcé".charAt(random.nextInt(7)));
    }
    return word.toString();
  }

  /** The definition: as long as a pair is in the list of merges, the one that is first in it, and leftmost, is merged. */
  private static int[] naive(String word, Vocabulary vocabulary) {
    List<Integer> ids = new ArrayList<>();
    for (byte b : word.getBytes(UTF_8)) {
      ids.add(b & 0xFF);
    }
    List<String> texts = vocabulary.pieces().stream().map(Piece::text).toList();
    while (true) {
      int best = Integer.MAX_VALUE;
      int place = -1;
      for (int i = 0; i + 1 < ids.size(); i++) {
        int rank = vocabulary.merges().indexOf(texts.get(ids.get(i)) + " " + texts.get(ids.get(i + 1)));
        if (rank >= 0 && rank < best) {
          best = rank;
          place = i;
        }
      }
      if (place < 0) {
        return ids.stream().mapToInt(id -> id).toArray();
      }
      ids.set(place, texts.indexOf(texts.get(ids.get(place)) + texts.get(ids.get(place + 1))));
      ids.subList(place + 1, place + 2).clear();
    }
  }
}
