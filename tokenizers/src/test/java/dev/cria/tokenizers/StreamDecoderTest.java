package dev.cria.tokenizers;

import static dev.cria.tokenizers.Vocabularies.BOS;
import static dev.cria.tokenizers.Vocabularies.EOS;
import static dev.cria.tokenizers.Vocabularies.FIRST_BYTE;
import static dev.cria.tokenizers.Vocabularies.FIRST_TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {

  private static final int SPACE_A = FIRST_TEXT;
  private static final int E_ACUTE = FIRST_TEXT + 1;

  private final Tokenizer tokenizer = new SentencePieceBpe(Vocabularies.of(" a", "é", " ", "z"));
  private final StreamDecoder utf8 = StreamDecoder.utf8(tokenizer);
  private final StreamDecoder llama2c = StreamDecoder.llama2c(tokenizer);

  @Test void next_firstPieceAfterBos_losesOneSpace() {
    for (StreamDecoder decoder : List.of(utf8, llama2c)) {
      assertThat(decoder.next(BOS, SPACE_A)).isEqualTo("a");
      assertThat(decoder.next(SPACE_A, SPACE_A)).isEqualTo(" a");
      assertThat(decoder.next(-1, SPACE_A)).isEqualTo(" a");
      assertThat(decoder.next(BOS, FIRST_TEXT + 2)).isEmpty();
      assertThat(decoder.next(BOS, FIRST_BYTE + ' ')).as("a space as a byte is no space of the tokenizer")
          .isEqualTo(" ");
    }
  }

  @Test void utf8_everyCharacterInBytes_appearsWithItsLastByte() {
    for (int codePoint : new int[]{'A', 0x7F, 0x80, 'é', 0x7FF, 0x800, '中', 0xFFFD, 0xFFFF, 0x10000, 0x1F600,
        0x10FFFF}) {
      String character = Character.toString(codePoint);
      byte[] bytes = character.getBytes(UTF_8);
      for (int i = 0; i < bytes.length - 1; i++) {
        assertThat(next(utf8, bytes[i])).as("U+%X, byte %d", codePoint, i).isEmpty();
      }
      assertThat(next(utf8, bytes[bytes.length - 1])).as("U+%X", codePoint).isEqualTo(character);
      assertThat(utf8.end()).as("U+%X, end", codePoint).isEmpty();
    }
  }

  @Test void utf8_everyProperPrefixOfACharacter_becomesOneReplacementAtTheEnd() {
    for (String character : List.of("é", "中", "😀")) {
      byte[] bytes = character.getBytes(UTF_8);
      for (int kept = 1; kept < bytes.length; kept++) {
        for (int i = 0; i < kept; i++) {
          assertThat(next(utf8, bytes[i])).as("%s, byte %d of %d", character, i, kept).isEmpty();
        }
        assertThat(utf8.end()).as("%s, cut to %d", character, kept).isEqualTo("\uFFFD");
        assertThat(utf8.end()).as("nothing is left").isEmpty();
      }
    }
  }

  @Test void utf8_characterBrokenOffByText_becomesOneReplacementBeforeIt() {
    assertThat(next(utf8, (byte) 0xF0)).isEmpty();
    assertThat(next(utf8, (byte) 0x9F)).isEmpty();
    assertThat(utf8.next(0, E_ACUTE)).isEqualTo("\uFFFDé");
    assertThat(next(utf8, (byte) 0x80)).as("a continuation that continues nothing").isEqualTo("\uFFFD");
    assertThat(next(utf8, (byte) 0xFF)).as("never in UTF-8").isEqualTo("\uFFFD");
  }

  @Test void utf8_randomBytesAndPieces_showTheSameAsAllAtOnceAndNeverHalfACharacter() {
    Random random = new Random(20_260_102L);
    for (int round = 0; round < 2_000; round++) {
      List<Byte> all = new ArrayList<>();
      StringBuilder shown = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        int token = random.nextInt(4) == 0 ? FIRST_TEXT + random.nextInt(4) : FIRST_BYTE + randomByte(random);
        for (byte b : tokenizer.bytes(-1, token)) {
          all.add(b);
        }
        String text = utf8.next(-1, token);
        assertThat(UTF_8.newEncoder().canEncode(text)).as("round %d: '%s' is whole", round, text).isTrue();
        shown.append(text);
      }
      shown.append(utf8.end());
      assertThat(shown.toString()).as("round %d", round).isEqualTo(new String(bytes(all), UTF_8));
    }
  }

  @Test void utf8_byteLevelPieces_showTheSameAsAllAtOnceAndNeverHalfACharacter() {
    String[] merges = {"\u00F0 \u0141", "\u00F0\u0141 \u013A", "\u0122 a", "\u00C3 \u00A9", "\u00A9 a",
        "\u00E4 \u00B8"};
    Tokenizer byteLevel = Tokenizer.of(ByteLevelVocabularies.gpt2(merges));
    StreamDecoder decoder = StreamDecoder.utf8(byteLevel);
    Random random = new Random(20_261_127L);
    for (int round = 0; round < 2_000; round++) {
      List<Byte> all = new ArrayList<>();
      StringBuilder shown = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        int token = random.nextInt(3) == 0
            ? ByteLevelVocabularies.ADDED + random.nextInt(1 + merges.length)
            : randomByte(random);
        for (byte b : byteLevel.bytes(-1, token)) {
          all.add(b);
        }
        String text = decoder.next(-1, token);
        assertThat(UTF_8.newEncoder().canEncode(text)).as("round %d: '%s' is whole", round, text).isTrue();
        shown.append(text);
      }
      shown.append(decoder.end());
      assertThat(shown.toString()).as("round %d", round).isEqualTo(new String(bytes(all), UTF_8));
    }
  }

  @Test void utf8_everyTokenOfAText_givesItBackPieceByPiece() {
    Tokenizer byteLevel = Tokenizer.of(ByteLevelVocabularies.gpt2("\u00F0 \u0141"));
    String text = "é中😀 \uFFFD\u0301";
    for (Tokenizer each : List.of(tokenizer, byteLevel)) {
      StreamDecoder decoder = StreamDecoder.utf8(each);
      StringBuilder shown = new StringBuilder();
      int previous = each.vocabulary().special().bos().orElse(-1);
      for (int token : each.encode(text, EncodeOptions.TEXT)) {
        String piece = decoder.next(previous, token);
        assertThat(text).as("whole characters, in order").startsWith(shown + piece);
        shown.append(piece);
        previous = token;
      }
      assertThat(shown.append(decoder.end()).toString()).isEqualTo(text);
    }
  }

  @Test void utf8_bos_showsNothing_otherControlTokensAreSpelled() {
    assertThat(utf8.next(-1, BOS)).isEmpty();
    assertThat(utf8.next(SPACE_A, EOS)).isEqualTo("\n</s>\n");
    assertThat(tokenizer.decode(new int[]{BOS, SPACE_A, EOS, BOS, SPACE_A})).isEqualTo("a\n</s>\na");
  }

  @Test void llama2c_singleBytes_showOnlyPrintableAsciiAndWhiteSpace() {
    for (int b = 0; b < 256; b++) {
      boolean shown = (b >= 0x20 && b < 0x7F) || "\t\n\u000B\f\r".indexOf(b) >= 0;
      assertThat(next(llama2c, (byte) b)).as("byte 0x%02X", b).isEqualTo(shown ? Character.toString(b) : "");
    }
    assertThat(llama2c.end()).isEmpty();
  }

  @Test void llama2c_piecesOfText_areShownWhole() {
    assertThat(llama2c.next(0, E_ACUTE)).isEqualTo("é");
    assertThat(llama2c.next(0, EOS)).isEqualTo("\n</s>\n");
  }

  private static String next(StreamDecoder decoder, byte b) {
    return decoder.next(-1, FIRST_BYTE + (b & 0xFF));
  }

  /** Mostly bytes that belong to the same few characters, so that whole ones come up. */
  private static int randomByte(Random random) {
    int[] likely = {0xF0, 0x9F, 0x98, 0x80, 0xE4, 0xB8, 0xAD, 0xC3, 0xA9};
    return random.nextInt(3) == 0 ? random.nextInt(256) : likely[random.nextInt(likely.length)];
  }

  private static byte[] bytes(List<Byte> list) {
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = list.get(i);
    }
    return bytes;
  }
}
