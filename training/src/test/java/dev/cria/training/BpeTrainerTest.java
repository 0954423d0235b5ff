package dev.cria.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.SentencePieceBpe;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BpeTrainerTest {

  @TempDir private Path folder;

  private static List<String> texts(Vocabulary vocabulary, int from) {
    return vocabulary.pieces().subList(from, vocabulary.pieces().size()).stream().map(Vocabulary.Piece::text).toList();
  }

  /* Words: " ab" 3 times, " abb", " ba". Pairs: " a" and "ab" 4 times, of which " a" is first; then " ab". Of the characters, b
   * occurs 6 times, space and a 5 times. */
  @Test void train_handCountedText_mergesTheMostFrequentFirst() {
    Vocabulary vocabulary = BpeTrainer.train(List.of("ab ab ab", "abb ba"), 264, 1);
    assertThat(texts(vocabulary, 259)).containsExactly(" a", " ab", "b", " ", "a");
    assertThat(vocabulary.pieces().get(259).score()).isZero();
    assertThat(vocabulary.pieces().get(260).score()).isEqualTo(-1);
    assertThat(vocabulary.pieces().get(258).text()).isEqualTo("<0xFF>");
  }

  @Test void train_anyText_isEncodedAndDecodedWhole() {
    List<String> texts = Texts.tales(40, 3);
    SentencePieceBpe tokenizer = new SentencePieceBpe(BpeTrainer.train(texts, 340, 0.99));
    for (String text : List.of(texts.getFirst(), "Grüße, 世界! 😀\n\n\t  12345", "")) {
      assertThat(tokenizer.decode(tokenizer.encode(text, EncodeOptions.PROMPT))).as(text).isEqualTo(text);
    }
    int tokens = tokenizer.encode(texts.getFirst(), EncodeOptions.TEXT).length;
    assertThat(tokens).as("tokens of %d characters", texts.getFirst().length())
        .isLessThan(texts.getFirst().length() / 3);
  }

  @Test void train_digitsAndScripts_standApart() {
    Vocabulary vocabulary = BpeTrainer.train(List.of("ab1122 ab1122 ab1122 жжx жжx ..ab ..ab"), 272, 1);
    assertThat(texts(vocabulary, 259)).noneMatch(piece -> piece.matches(".*\\d.+|.+\\d.*|.*ж.*x.*|.*\\..*a.*"))
        .contains("ab", " ab", " ..");
  }

  @Test void train_rareCharacters_areLeftToBytes() {
    Vocabulary vocabulary = BpeTrainer.train(List.of("aaaa ".repeat(1000) + "ñ"), 262, 0.999);
    assertThat(texts(vocabulary, 259)).doesNotContain("ñ");
  }

  @Test void train_sameTextTwice_givesTheSameFile() throws IOException {
    List<String> texts = Texts.tales(40, 3);
    TokenizerBin.write(BpeTrainer.train(texts, 330, 1), folder.resolve("a"));
    TokenizerBin.write(BpeTrainer.train(texts, 330, 1), folder.resolve("b"));
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    assertThat(TokenizerBin.read(folder.resolve("a"), 330)).isEqualTo(BpeTrainer.train(texts, 330, 1));
  }

  @Test void train_tooManyOrTooFewPieces_saysHowMany() {
    assertThatThrownBy(() -> BpeTrainer.train(List.of("ab ab"), 1000, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a vocabulary of 1,000 is more than this text can give, which is 264 pieces; ask for fewer, or add text");
    assertThatThrownBy(() -> BpeTrainer.train(List.of("ab cd ef"), 260, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the 7 kinds of characters of this text need 266");
  }
}
