package dev.cria.checkpoints;

import static dev.cria.checkpoints.TokenizerJson.BYTES;
import static dev.cria.checkpoints.TokenizerJson.byteLevel;
import static dev.cria.checkpoints.TokenizerJson.sentencePiece;
import static dev.cria.tokenizers.EncodeOptions.PROMPT;
import static dev.cria.tokenizers.EncodeOptions.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.tokenizers.SentencePieceModel;
import dev.cria.tokenizers.Tokenizer;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {

  private static final int END = 256;

  @TempDir Path folder;

  @Test void byteLevel_mergesAsTextsAndAsLists_areTheSame() throws IOException {
    Tokenizer texts = open(byteLevel().piece("th", 257).piece("the", 258).merge("\"t h\"").merge("\"th e\""));
    Tokenizer lists = open(
        byteLevel().piece("th", 257).piece("the", 258).merge("[\"t\", \"h\"]").merge("[\"th\", \"e\"]"));
    assertThat(texts.encode("the th", TEXT)).containsExactly(258, ' ', 257).isEqualTo(lists.encode("the th", TEXT));
    assertThat(texts.decode(new int[]{258, ' ', 257})).isEqualTo("the th");
  }

  @Test void byteLevel_preTokenizers_areReadAsTheFileSays() throws IOException {
    String text = "a12345 'S";
    assertPieces(byteLevel(), text, "gpt-2");
    assertPieces(byteLevel().with("pre_tokenizer", """
        {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated",
          "invert": false}, %s]}""".formatted(TokenizerJson.LLAMA_3, BYTES.formatted(false))), text, "llama-bpe");
    assertPieces(byteLevel().with("pre_tokenizer", """
        {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated",
          "invert": false}, %s]}""".formatted(TokenizerJson.LLAMA_3.replace("{1,3}", ""), BYTES.formatted(false))),
        text,
        "qwen2");
    assertPieces(byteLevel().with("pre_tokenizer", """
        {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true}, %s]}"""
        .formatted(BYTES.formatted(true))), text, "starcoder");
  }

  private void assertPieces(TokenizerJson json, String text, String pre) throws IOException {
    Vocabulary vocabulary = read(json);
    assertThat(vocabulary.metadata()).as(pre).containsEntry("pre", pre).doesNotContainKey("unsupported");
    Tokenizer tokenizer = Tokenizer.of(vocabulary);
    assertThat(tokenizer.decode(tokenizer.encode(text, TEXT))).as(pre).isEqualTo(text);
  }

  @Test void byteLevel_otherComponents_areReadAsTheFileSays() throws IOException {
    assertThat(open(byteLevel().with("normalizer", "{\"type\": \"NFC\"}")).encode("e\u0301", TEXT))
        .containsExactly(0xC3, 0xA9);
    assertThat(open(byteLevel().with("pre_tokenizer", BYTES.formatted(true).replaceFirst("false", "true")))
        .encode("a", TEXT)).containsExactly(' ', 'a');
    assertThat(open(byteLevel().with("post_processor", TokenizerJson.template("<|end|>", END))).encode("a", PROMPT))
        .containsExactly(END, 'a');
    assertThat(open(byteLevel().with("post_processor", "{\"type\": \"Sequence\", \"processors\": [%s, %s]}"
        .formatted(BYTES.formatted(true), TokenizerJson.template("<|end|>", END)))).encode("a", PROMPT))
        .containsExactly(END, 'a');
    assertThat(open(byteLevel()).encode("a", PROMPT)).as("no template").containsExactly('a');
    assertThat(open(byteLevel().model("\"ignore_merges\": true").piece("abc", 257)).encode("abc", TEXT))
        .containsExactly(257);
  }

  @Test void byteLevel_addedTokens_areControlOrText() throws IOException {
    Tokenizer tokenizer = open(byteLevel().with("added_tokens", """
        [{"id": 257, "content": "<tool>", "special": false}, {"id": 256, "content": "<|end|>", "special": true}]"""));
    assertThat(tokenizer.encode("<tool><|end|>", TEXT)).startsWith(257).doesNotContain(END);
    assertThat(tokenizer.encode("<tool><|end|>", TEXT.withSpecial(true))).containsExactly(257, END);
    assertThat(tokenizer.vocabulary().pieces().get(257).kind()).isEqualTo(Kind.USER_DEFINED);
  }

  @Test void byteLevel_unknownToken_isAControlToken() throws IOException {
    Tokenizer tokenizer = open(byteLevel().model("\"unk_token\": \"<|end|>\""));
    assertThat(tokenizer.encode("<|end|>", TEXT.withSpecial(true))).containsExactly(END);
    assertThat(tokenizer.encode("<|end|>", TEXT)).doesNotContain(END);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
      "normalizer | {\"type\": \"Lowercase\"} | it has the normalizer {type=Lowercase}",
      "normalizer | {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFC\"}, {\"type\": \"NFD\"}]} | it has the normalizer {type=NFD}",
      "pre_tokenizer | {\"type\": \"Whitespace\"} | it has the pre_tokenizer {type=Whitespace}",
      "pre_tokenizer | null | it has no pre_tokenizer ByteLevel",
      "pre_tokenizer | {\"type\": \"ByteLevel\", \"use_regex\": false} | it cuts words by ",
      "pre_tokenizer | {\"type\": \"Split\", \"pattern\": {\"Regex\": \"a+\"}, \"behavior\": \"Isolated\"} | it cuts words by the expression a+",
      "pre_tokenizer | {\"type\": \"Digits\", \"individual_digits\": false} | it has the pre_tokenizer {type=Digits, individual_digits=false}",
      "decoder | {\"type\": \"WordPiece\"} | it has the decoder WordPiece, expected ByteLevel",
      "decoder | null | it has no decoder, expected ByteLevel",
      "post_processor | {\"type\": \"RobertaProcessing\"} | it has the post_processor {type=RobertaProcessing}",
      "post_processor | {\"type\": \"TemplateProcessing\", \"single\": []} | it puts [] before a text",
      "added_tokens | [{\"id\": 256, \"content\": \"<m>\", \"lstrip\": true}] | it has the added token '<m>' with lstrip",
      "added_tokens | [{\"id\": 256, \"content\": \"<m>\", \"single_word\": true}] | it has the added token '<m>' with single_word",
      "surprise | {} | it has 'surprise'"}) void byteLevel_unknownComponent_isRefusedByName(String component,
          String json,
          String message) throws IOException {
    Vocabulary vocabulary = read(byteLevel().with(component, json));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(vocabulary)).withMessageStartingWith(message)
        .withMessageEndingWith(": that is not supported");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"\"dropout\": 0.1 | it leaves out merges by chance (dropout)",
      "\"end_of_word_suffix\": \"</w>\" | it marks parts of words (end_of_word_suffix)",
      "\"continuing_subword_prefix\": \"##\" | it marks parts of words (continuing_subword_prefix)"}) void model_settingThatIsNotSupported_isRefusedByName(
          String member, String message) throws IOException {
    String json = byteLevel().model(member).toString().replace(member.contains("dropout") ? "\"dropout\": null, " : "?",
        "");
    Files.writeString(folder.resolve("tokenizer.json"), json);
    Vocabulary vocabulary = VocabularyFiles.read(folder);
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(vocabulary))
        .withMessage(message + ": that is not supported");
  }

  @Test void model_ofAnotherKind_isRefusedByName() throws IOException {
    Vocabulary vocabulary = read("{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", 0]]}}");
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(vocabulary)).withMessage(
        "it is of the kind 'Unigram', which is not supported; those that are: SentencePiece BPE and byte-level BPE");
  }

  @Test void sentencePiece_ofLlama2_encodesAndDecodes() throws IOException {
    Tokenizer tokenizer = open(sentencePiece());
    assertThat(tokenizer.encode("a b a", PROMPT)).containsExactly(1, 262, 259, 261, 262);
    assertThat(tokenizer.encode("\u00e9", TEXT)).containsExactly(259, 3 + 0xC3, 3 + 0xA9);
    assertThat(tokenizer.encode("a</s>a", TEXT.withSpecial(true))).as("each part begins with a space")
        .containsExactly(262, 2, 262);
    for (String text : new String[]{"a b\u00e9😀", " a", "  ", ""}) {
      assertThat(tokenizer.decode(tokenizer.encode(text, PROMPT))).isEqualTo(text);
    }
  }

  @Test void sentencePiece_metaspace_putsSpacesAsItsSchemeSays() throws IOException {
    for (String scheme : new String[]{"first", "always", "never"}) {
      Tokenizer tokenizer = open(sentencePiece().with("normalizer", "null").with("pre_tokenizer",
          "{\"type\": \"Metaspace\", \"replacement\": \"\u2581\", \"prepend_scheme\": \"%s\", \"split\": false}"
              .formatted(scheme)));
      assertThat(tokenizer.encode("a</s>a", TEXT.withSpecial(true))).as(scheme).containsExactly(
          scheme.equals("never") ? 260 : 262, 2, scheme.equals("always") ? 262 : 260);
      assertThat(tokenizer.encode(" a", TEXT)).as(scheme).containsExactly(262);
    }
  }

  @Test void sentencePiece_unknownComponent_isRefusedByName() throws IOException {
    Vocabulary split = read(
        sentencePiece().with("pre_tokenizer", "{\"type\": \"Metaspace\", \"replacement\": \"\u2581\"}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(split))
        .withMessage("it has the pre_tokenizer {type=Metaspace, replacement=\u2581}: that is not supported");
    Vocabulary plain = read(sentencePiece().with("normalizer", "null"));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(plain))
        .withMessage("it does not write spaces as U+2581: that is not supported");
    Vocabulary decoder = read(sentencePiece().with("decoder", "{\"type\": \"CTC\"}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(decoder))
        .withMessage("it has the decoder {type=CTC}: that is not supported");
    Vocabulary silent = read(sentencePiece().with("decoder", "null"));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(silent))
        .withMessage("it has no decoder: that is not supported");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {"{ | is no sound JSON",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"a\": 1}}} | has the key 'a' twice",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 0}}} | gives the id 0 to both 'a' and 'b'",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}}} | gives 'a' the id -1",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0.5}}} | gives 'a' the id 0.5",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": \"x\"}}} | gives 'a' the id x",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1e99}}} | gives 'a' the id 1E+99",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 16777216}}} | gives 'a' the id 16777216",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": [[\"a\"]]}} | has the merge [a], expected two pieces",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}, \"added_tokens\": [{\"id\": 0, \"content\": \"b\"}]} | gives the id 0 to both 'a' and 'b'",
      "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}, \"added_tokens\": [{\"id\": 0}]} | has an added token without content"}) void read_damagedFile_isRefused(
          String json, String message) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), json);
    assertThatThrownBy(() -> VocabularyFiles.read(folder)).isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith(folder.resolve("tokenizer.json") + ": ").hasMessageContaining(message);
  }

  @Test void read_emptyModel_isNoTokenizer() throws IOException {
    for (String json : new String[]{"{}", "{\"model\": null}", "{\"model\": {\"type\": \"BPE\"}}",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}"}) {
      Vocabulary vocabulary = read(json);
      assertThatIllegalArgumentException().as(json).isThrownBy(() -> Tokenizer.of(vocabulary));
    }
  }

  @Test void read_mergeOfNoTokens_isNoTokenizer() throws IOException {
    Vocabulary vocabulary = read(byteLevel().merge("\"t h\""));
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.of(vocabulary))
        .withMessage("merge 0, 't h', does not name two tokens that make a third; the file is damaged");
  }

  @Test void read_randomDamage_isRefusedOrRead() throws IOException {
    byte[] sound = byteLevel().piece("th", 257).merge("\"t h\"").toString().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20_261_129L);
    for (int round = 0; round < 1_000; round++) {
      byte[] damaged = Arrays.copyOf(sound, sound.length - random.nextInt(2) * random.nextInt(sound.length));
      for (int i = random.nextInt(4); i > 0 && damaged.length > 1; i--) {
        damaged[1 + random.nextInt(damaged.length - 1)] = (byte) " \"{}[]:,0tn\\".charAt(random.nextInt(12));
      }
      Files.write(folder.resolve("tokenizer.json"), damaged);
      try {
        Tokenizer.of(VocabularyFiles.read(folder)).encode("the end", PROMPT);
      } catch (CheckpointFormatException | IllegalArgumentException e) {
        assertThat(e.getMessage()).as("round %d", round).isNotBlank();
      }
    }
  }

  @Test void read_anyKindOfFile_isToldByItsContent() throws IOException {
    Vocabulary made = SentenceCheckpoint.open().vocabulary().orElseThrow();
    TokenizerBin.write(made, folder.resolve("a"));
    SentencePieceModel.write(made, folder.resolve("b"));
    int[] ids = Tokenizer.of(made).encode("Once upon a time", PROMPT);
    for (String name : new String[]{"a", "b"}) {
      assertThat(Tokenizer.of(VocabularyFiles.read(folder.resolve(name))).encode("Once upon a time", PROMPT)).as(name)
          .isEqualTo(ids);
    }
    assertThatThrownBy(() -> VocabularyFiles.read(folder)).hasMessage(folder
        + ": is a folder without a tokenizer.json or tokenizer.model; name the tokenizer's file");
    Files.move(folder.resolve("b"), folder.resolve("tokenizer.model"));
    assertThat(VocabularyFiles.read(folder).pieces()).hasSameSizeAs(made.pieces());
  }

  @Test void read_forAModel_fillsUpWhereMakersOfModelsDo() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, byteLevel().toString());
    Vocabulary filled = VocabularyFiles.read(file, 260);
    assertThat(filled.pieces()).hasSize(260);
    assertThat(filled.pieces().get(259).kind()).isEqualTo(Kind.UNUSED);
    for (int size : new int[]{256, 280, 32_000}) {
      assertThatThrownBy(() -> VocabularyFiles.read(file, size)).as("%d tokens", size).hasMessage(file
          + ": has 257 entries, the model's vocabulary has " + size
          + "; use -z to name the tokenizer that belongs to the model");
    }
  }

  private Tokenizer open(TokenizerJson json) throws IOException {
    return Tokenizer.of(read(json));
  }

  private Vocabulary read(Object json) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), json.toString());
    return VocabularyFiles.read(folder);
  }
}
