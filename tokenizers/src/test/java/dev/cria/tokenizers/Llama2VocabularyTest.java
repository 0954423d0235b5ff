package dev.cria.tokenizers;

import static dev.cria.tokenizers.EncodeOptions.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vocabulary of Llama 2, against ids that SentencePiece and llama2.c give. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Llama2VocabularyTest {

  private final Path file = ReferenceData.file("llama2-tokenizer/tokenizer.bin");
  private SentencePieceBpe tokenizer = new SentencePieceBpe(Vocabularies.of());

  record Vector(String text, int... ids) {}

  @BeforeAll void read() throws IOException {
    tokenizer = new SentencePieceBpe(TokenizerBin.read(file, 32_000));
  }

  @ParameterizedTest
  @MethodSource("vectors") void encode_knownText_givesTheKnownIds(Vector vector) {
    assertThat(tokenizer.encode(vector.text, PROMPT)).containsExactly(vector.ids);
  }

  @ParameterizedTest
  @MethodSource("vectors") void decode_knownIds_givesTheTextBack(Vector vector) {
    assertThat(tokenizer.decode(vector.ids)).isEqualTo(vector.text);
  }

  @Test void encode_stories_decodesToTheSameText() throws IOException {
    String stories = Files.readString(ReferenceData.file("tinystories/valid.txt"));
    assertThat(tokenizer.decode(tokenizer.encode(stories, PROMPT))).isEqualTo(stories);
  }

  @Test void encode_controlTokenSpelled_isTextUnlessAskedFor() {
    assertThat(tokenizer.encode("Hello</s>", PROMPT)).doesNotContain(2);
    assertThat(tokenizer.encode("Hello</s>", PROMPT.withSpecial(true))).containsExactly(1, 15043, 2);
  }

  static Stream<Vector> vectors() {
    return Stream.of(
        new Vector("", 1),
        new Vector("I believe the meaning of life is", 1, 306, 4658, 278, 6593, 310, 2834, 338),
        new Vector("Simply put, the theory of relativity states that ", 1, 3439, 17632, 1925, 29892, 278, 6368, 310,
            14215, 537, 5922, 393, 29871),
        new Vector("A brief message congratulating the team on the launch:\n\n        Hi everyone,\n\n        I just ",
            1, 319, 11473, 2643, 378, 629, 271, 18099, 278, 3815, 373, 278, 6826, 29901, 13, 13, 4706, 6324, 14332,
            29892, 13, 13, 4706, 306, 925, 29871),
        new Vector(
            "Translate English to French:\n\n        sea otter => loutre de mer\n        peppermint => menthe poivrée\n"
                + "        plush girafe => girafe peluche\n        cheese =>",
            1, 4103, 9632, 4223, 304, 5176, 29901, 13, 13, 4706, 7205, 4932, 357, 1149, 301, 449, 276, 316, 2778, 13,
            4706, 1236, 407, 837, 524, 1149, 6042, 354, 772, 440, 29878, 1318, 13, 4706, 715, 1878, 330, 3055, 1725,
            1149, 330, 3055, 1725, 4639, 28754, 13, 4706, 923, 968, 1149),
        new Vector("A man dying of thirst is suddenly a mineral water critic?", 1, 319, 767, 27116, 310, 266, 765, 338,
            11584, 263, 1375, 13537, 4094, 11164, 29973),
        new Vector("中", 1, 29871, 30275),
        new Vector("Hello 😀 world", 1, 15043, 29871, 243, 162, 155, 131, 3186),
        new Vector("a\tb", 1, 263, 12, 29890));
  }
}
