package dev.cria.checkpoints;

import static dev.cria.tokenizers.EncodeOptions.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real vocabularies against the ids that other programs give. */
class ReferenceTokenizersTest {

  private static final String BETWEEN = "\n__ggml_vocab_test__\n";

  /** Characters that begin with a byte for which StarCoder has no token; none is assigned. */
  private static final Pattern UNEXPRESSED = Pattern.compile("[\\x{40000}-\\x{7FFFF}]");

  @ParameterizedTest
  @CsvSource({"ggml-vocab-llama-spm.gguf, ggml-vocab-llama-spm.gguf", "ggml-vocab-gpt-2.gguf, ggml-vocab-gpt-2.gguf",
      "ggml-vocab-starcoder.gguf, ggml-vocab-starcoder.gguf",
      "llama3-tokenizer.json, ggml-vocab-llama-bpe.gguf"}) void encode_everyCase_givesTheKnownIdsAndTheTextBack(
          String file, String cases) throws IOException {
    Tokenizer tokenizer = open("tokenizers/" + file);
    String[] texts = Files.readString(ReferenceData.file("tokenizers/" + cases + ".inp")).split(BETWEEN, -1);
    String[] ids = Files.readString(ReferenceData.file("tokenizers/" + cases + ".out")).split("\n", -1);
    assertThat(texts).as("cases").hasSize(47);
    assertThat(ids).as("lines of ids").hasSameSizeAs(texts);
    for (int i = 0; i < texts.length; i++) {
      int[] expected = Arrays.stream(ids[i].strip().split(" +", -1)).filter(id -> !id.isEmpty())
          .mapToInt(Integer::parseInt).toArray();
      int[] encoded = tokenizer.encode(texts[i], TEXT);
      assertThat(encoded).as("case %d: '%s'", i, texts[i]).containsExactly(expected);
      assertThat(tokenizer.decode(tokenizer.encode(texts[i], EncodeOptions.PROMPT))).as("case %d, and back", i)
          .isEqualTo(texts[i]);
    }
  }

  @Test void encode_aMegabyteOfStories_isTheSameFromEveryFileOfAVocabulary() throws IOException {
    String stories = Files.readString(ReferenceData.file("tinystories/train.txt")).substring(0, 1 << 20);
    int[] ids = open("llama2-tokenizer/tokenizer.bin").encode(stories, EncodeOptions.PROMPT);
    assertSame("llama2-tokenizer/tokenizer.model", stories, ids);
    assertSame("tokenizers/ggml-vocab-llama-spm.gguf", stories, ids);
    // tok512.model says that spaces after a space are left out; tokenizer.bin and GGUF cannot say so
    String single = stories.replaceAll(" {2,}", " ").strip();
    int[] small = open("stories260K/tok512.bin").encode(single, EncodeOptions.PROMPT);
    assertSame("stories260K/tok512.model", single, small);
    assertSame("stories260K/stories260K.gguf", single, small);
  }

  private static void assertSame(String file, String text, int[] ids) throws IOException {
    assertThat(ids).as("tokens").hasSizeGreaterThan(100_000);
    assertThat(Arrays.mismatch(open(file).encode(text, EncodeOptions.PROMPT), ids)).as("first difference of %s", file)
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2-tokenizer/tokenizer.bin", "llama2-tokenizer/tokenizer.model",
      "tokenizers/ggml-vocab-llama-spm.gguf", "tokenizers/ggml-vocab-gpt-2.gguf",
      "tokenizers/ggml-vocab-starcoder.gguf",
      "tokenizers/llama3-tokenizer.json"}) void decode_randomUnicode_givesTheTextBack(String file) throws IOException {
    Tokenizer tokenizer = open(file);
    Random random = new Random(20_261_124L);
    for (int round = 0; round < 2_000; round++) {
      String text = RandomText.next(random, random.nextInt(40));
      if (file.contains("starcoder")) {
        text = UNEXPRESSED.matcher(text).replaceAll("");
      }
      assertThat(tokenizer.decode(tokenizer.encode(text, EncodeOptions.PROMPT))).as("round %d", round).isEqualTo(text);
    }
  }

  private static Tokenizer open(String name) throws IOException {
    Path path = ReferenceData.file(name);
    return Tokenizer.of(VocabularyFiles.read(path));
  }
}
