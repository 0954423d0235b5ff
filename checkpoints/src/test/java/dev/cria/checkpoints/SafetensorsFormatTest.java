package dev.cria.checkpoints;

import static dev.cria.checkpoints.SafetensorsFolderBytes.tensor;
import static dev.cria.checkpoints.SafetensorsFolderBytes.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.api.kernel.RopeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of Hugging Face, sound ones and others. */
@Timeout(20)
final class SafetensorsFormatTest {

  private static final String CONFIG = SafetensorsFolderBytes.CONFIG;
  private static final String DAMAGED = "; the file is damaged: fetch it again";

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach void write() throws IOException {
    folder = SafetensorsFolderBytes.write(temporary.resolve("model"), Map.of("config.json", CONFIG));
    put(weights(tensor("model.embed_tokens.weight", "F16", "[20, 8]", "[0, 320]"), 320));
  }

  private void put(byte[] weights) throws IOException {
    Files.write(folder.resolve("model.safetensors"), weights);
  }

  private void put(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
  }

  private Checkpoint open() throws IOException {
    return CheckpointFiles.load(getClass().getClassLoader()).open(folder);
  }

  @Test void open_folder_hasItsShapeAndTensors() throws IOException {
    try (Checkpoint model = open()) {
      assertThat(model.format()).isEqualTo("safetensors");
      ModelConfiguration c = model.configuration();
      assertThat(c.rope()).isEqualTo(new ModelConfiguration.Rope(RopeLayout.HALF_SPLIT, 10_000, 2));
      assertThat(new int[]{c.dim(), c.hiddenDim(), c.layers(), c.heads(), c.kvHeads(), c.headDim(), c.vocabSize(),
          c.contextLength()}).containsExactly(8, 12, 2, 4, 2, 2, 20, 16);
      assertThat(model.tensor(TensorNames.TOKEN_EMBEDDING).encoding().name()).isEqualTo("f16");
      assertThat(model.metadata()).containsEntry("model_type", "llama");
      assertThat(model.byteSize()).isEqualTo(Files.size(folder.resolve("model.safetensors")));
      assertThat(model.endsWithBos()).isFalse();
    }
  }

  @Test void open_headersThatAreOddButSound_areRead() throws IOException {
    String embedding = "\"model.embed_tokens.weight\": {\"dtype\": \"F32\", \"shape\": [2, 2], \"data_offsets\": [4, 20]}";
    put(weights(" \n\t{" + embedding + ", \"s\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]},"
        + " \"e\": {\"dtype\": \"F32\", \"shape\": [2, 0], \"data_offsets\": [20, 20]},"
        + " \"x.rotary_emb.inv_freq\": {\"dtype\": \"I8\", \"shape\": [3], \"data_offsets\": [20, 23]}, \"__metadata__\":"
        + " {\"format\": \"pt\"}}  \r\n", 23));
    try (Checkpoint model = open()) {
      assertThat(model.tensors()).containsOnlyKeys("model.embed_tokens.weight", "s", "e");
      assertThat(model.tensor("s").rows() * model.tensor("s").cols()).isEqualTo(1);
      assertThat(Samples.floats(model, "model.embed_tokens.weight")).as("at an odd place").containsOnly(0);
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
      "1 | {     | its header claims to have 1 bytes, expected 2 to", "1 | {\" | is no sound JSON (line 1 column",
      "0 | {\"a\": 1}      | 'a' is no JSON object",
      "0 | {\"a\": {}, \"a\": {}} | tensor 'a' has no dtype",
      "0 | {}{}  | is no sound JSON (line 1 column 4); the file is damaged",
      "0 | {\"__metadata__\": {\"a\": 1}} | __metadata__ has under 'a' what is no text",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2, 2], \"data_offsets\": [0, 8]}} | tensor 'a' of shape [2, 2] in F32 does"
          + " not take the 8 bytes of its data_offsets",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 0]}}  | tensor 'a' has data_offsets [8, 0], expected",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [4, 12]}} | tensor 'a' has data_offsets [4, 12], expected",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [-8, 0]}} | tensor 'a' has data_offsets [-8, 0], expected",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}  | tensor 'a' begins at byte 4 of the data,"
          + " expected 0, where the one before ends",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2.5], \"data_offsets\": [0, 8]}} | tensor 'a' has shape [2.5], expected whole",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [\"2\"], \"data_offsets\": [0, 8]}} | tensor 'a' has shape [2], expected whole",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2, 18446744073709551614], \"data_offsets\": [0, 8]}} | which is out of all range",
      "8 | {\"a\": {\"dtype\": \"F32\", \"shape\": [4611686018427387904, 2, 2], \"data_offsets\": [0, 8]}} | tensor 'a' is larger"
          + " than any tensor can be",
      "8 | {\"a\": {\"dtype\": \"F4\", \"shape\": [2], \"data_offsets\": [0, 8]}} | tensor 'a' is of the dtype 'F4', which is not"
          + " supported",
      "9 | {\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}} | too long: its tensors need",
      "16 | {\"a\": {\"dtype\": \"F32\", \"shape\": [4], \"data_offsets\": [0, 16]}, \"b\": {\"dtype\": \"F32\", \"shape\": [4],"
          + " \"data_offsets\": [0, 16]}} | tensor 'b' begins at byte 0 of the data, expected 16"}) void open_headerThatIsWrong_isRefused(
              int dataBytes, String header, String message) throws IOException {
    put(weights(header, dataBytes));
    assertRefused(folder.resolve("model.safetensors"), message);
  }

  @Test void open_headerThatIsNone_isRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    put(new byte[7]);
    assertRefused(file, "has 7 bytes; a safetensors file has at least 8");
    byte[] sound = weights(tensor("a", "F32", "[2]", "[0, 8]"), 8);
    for (long length : new long[]{0, -1, 0xffffff000000003cL, 1L << 40, 1000}) {
      byte[] bytes = sound.clone();
      SafetensorsFolderBytes.little(8).putLong(length).flip().get(bytes, 0, 8);
      put(bytes);
      assertRefused(file,
          "at byte 0: its header claims to have " + Long.toUnsignedString(length) + " bytes, expected 2 to");
    }
    byte[] noText = sound.clone();
    noText[10] = (byte) 0xff;
    put(noText);
    assertRefused(file, "is no UTF-8" + DAMAGED);
    put(Arrays.copyOf(sound, sound.length - 2));
    assertRefused(file, "tensor 'a' has data_offsets [0, 8], expected two, in order, within the 6 bytes of data");
    put(weights("{\"a\": " + "[".repeat(100_000) + "}", 0));
    assertRefused(file, "is no sound JSON");
    put(weights("{\"a\": " + "9".repeat(100_000) + "}", 0));
    assertRefused(file, "is no sound JSON (line 1 column 7)");
  }

  @Test void open_folderThatLacksSomething_saysWhat() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    assertRefused(folder, "has a config.json, but no weights as safetensors (model.safetensors, or shards and"
        + " model.safetensors.index.json); pickled ones (.bin, .pt) are never read, since they can run any code");
    put(weights("{}", 0));
    try (Checkpoint model = open()) {
      assertThat(model.tensors()).isEmpty();
    }
    Files.delete(folder.resolve("config.json"));
    assertRefused(folder, "has weights, but no config.json beside them; fetch it, too");
    Path nowhere = temporary.resolve("nowhere");
    assertThatThrownBy(() -> new SafetensorsFormat().open(nowhere, Samples.ENCODINGS))
        .hasMessage(nowhere + ": no such folder; check the path");
  }

  @Test void open_untiedClassifierThatIsMissing_isRefused() throws IOException {
    put(CONFIG.replace("true", "false"));
    assertRefused(folder, "has no tensor lm_head.weight, and config.json does not say that it is tied to the embedding"
        + " (tie_word_embeddings); fetch it again");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
      "\"../x.safetensors\" | names the shard '../x.safetensors', expected the name of a file in the same folder",
      "\"/etc/passwd\"      | names the shard '/etc/passwd', expected the name of a file in the same folder",
      "5                    | names the shard '5', expected the name of a file in the same folder"}) void open_indexThatLeadsElsewhere_isRefused(
          String shard, String message) throws IOException {
    Path index = Files.writeString(folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": " + shard + "}}");
    assertRefused(index, message);
  }

  @Test void open_indexThatDoesNotFit_isRefused() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weights\": 1}");
    assertRefused(index, "has no weight_map" + DAMAGED);
    Files.writeString(index, "{\"weight_map\": {\"a\": \"absent.safetensors\"}}");
    assertRefused(folder,
        "has no absent.safetensors, which model.safetensors.index.json names; fetch all shards into one"
            + " folder");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"model.safetensors\"}}");
    assertRefused(folder, "has no tensor 'a' in any shard, which model.safetensors.index.json names");
    Files.copy(folder.resolve("model.safetensors"), folder.resolve("z.safetensors"));
    Files.writeString(index,
        "{\"weight_map\": {\"model.embed_tokens.weight\": \"model.safetensors\", \"b\": \"z.safetensors\"}}");
    assertRefused(folder.resolve("z.safetensors"), "tensor 'model.embed_tokens.weight' is in another shard, too");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
      "\"llama\"    | \"gemma2\" | model_type is 'gemma2', an architecture that is not supported; those that are: llama,"
          + " mistral, qwen2, qwen3",
      "\"llama\"    | 5        | model_type is 5, expected text",
      "_size\": 8  | _size\": 0  | hidden_size is 0, expected 1 to",
      "_size\": 8   | _size\": 8.5 | hidden_size is 8.5, expected 1 to",
      "_size\": 8   | _size\": 1e99 | hidden_size is 1E+99,",
      "_heads\": 4  | _heads\": 3  | num_attention_heads is 3, which does not divide hidden_size, 8",
      "_heads\": 2  | _heads\": 3  | heads must be a multiple of kvHeads, got 4 and 3",
      "1e-5       | -1 | rms_norm_eps is -1.0,",
      "\"vocab_     | \"hidden_act\": \"gelu\", \"vocab_ | hidden_act is 'gelu', which is not supported, only silu",
      "\"vocab_     | \"quantization_config\": {}, \"vocab_ | has a quantization_config, whose weights are not supported",
      "\"vocab_     | \"rope_scaling\": {\"type\": \"yarn\"}, \"vocab_ | rope_scaling is of the type 'yarn', which is not",
      "\"vocab_     | \"rope_scaling\": {\"type\": \"linear\"}, \"vocab_ | has no key factor, which a model needs",
      "\"vocab_     | \"rope_theta\": 0, \"vocab_ | rope_theta is 0.0, expected 1 to 1e12"}) void configuration_thatMakesNoSense_isRefused(
          String replaced, String by, String message) throws IOException {
    put(CONFIG.replace(replaced, by));
    try (Checkpoint model = open()) {
      assertThatThrownBy(model::configuration).isInstanceOf(CheckpointFormatException.class)
          .hasMessageStartingWith(folder.resolve("config.json") + ": " + message);
    }
  }

  @Test void configuration_windowOfQwen_isUsedWhenSwitchedOn() throws IOException {
    String qwen = CONFIG.replace("\"llama\"", "\"qwen2\", \"sliding_window\": 4, \"max_window_layers\": 2");
    assertThat(window(qwen)).isEqualTo(Integer.MAX_VALUE);
    assertThat(window(qwen.replace("4, \"max", "4, \"use_sliding_window\": true, \"max"))).isEqualTo(Integer.MAX_VALUE);
    assertThat(window(qwen.replace("4, \"max_window_layers\": 2", "4, \"use_sliding_window\": true"))).isEqualTo(4);
    assertThat(window(CONFIG.replace("\"llama\"", "\"mistral\", \"sliding_window\": 5"))).isEqualTo(5);
    assertThat(window(CONFIG.replace("\"llama\"", "\"mistral\", \"sliding_window\": null")))
        .isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> window(qwen.replace("4, \"max_window_layers\": 2",
        "4, \"use_sliding_window\": true, \"max_window_layers\": 1")))
        .hasMessageEndingWith(": max_window_layers is 1 of 2 layers; a window in some layers alone is not supported");
  }

  private int window(String config) throws IOException {
    put(config);
    try (Checkpoint model = open()) {
      return model.configuration().attention().window();
    }
  }

  @Test void vocabulary_byteLevel_isRead() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"),
        """
            {"added_tokens": [{"id": 3, "content": "<|end|>", "special": true}, {"id": 4, "content": "<tool>", "special": false}],
             "pre_tokenizer": {"type": "ByteLevel"},
             "model": {"type": "BPE", "vocab": {"t": 0, "h": 1, "th": 2}, "merges": [["t", "h"], "th t"]}}""");
    try (Checkpoint model = open()) {
      Vocabulary vocabulary = model.vocabulary().orElseThrow();
      assertThat(vocabulary.model()).isEqualTo(Vocabulary.Model.BYTE_LEVEL_BPE);
      assertThat(vocabulary.pieces()).hasSize(20)
          .startsWith(new Piece("t", 0, Kind.NORMAL), new Piece("h", 0, Kind.NORMAL),
              new Piece("th", 0, Kind.NORMAL), new Piece("<|end|>", 0, Kind.CONTROL),
              new Piece("<tool>", 0, Kind.USER_DEFINED))
          .endsWith(new Piece("", 0, Kind.UNUSED));
      assertThat(vocabulary.merges()).containsExactly("t h", "th t");
      assertThat(vocabulary.special()).isEqualTo(
          new Vocabulary.Special(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(3), Set.of(4)));
    }
  }

  @Test void vocabulary_sentencePiece_hasScoresByTheOrderOfMerges() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), """
        {"added_tokens": [{"id": 0, "content": "<unk>", "special": true}],
         "model": {"type": "BPE", "byte_fallback": true, "unk_token": "<unk>",
          "vocab": {"<unk>": 0, "<0x41>": 1, "\u2581": 2, "a": 3, "\u2581a": 4, "aa": 5, "zz": 6},
          "merges": ["a a", "\u2581 a"]}}""");
    try (Checkpoint model = open()) {
      Vocabulary vocabulary = model.vocabulary().orElseThrow();
      assertThat(vocabulary.model()).isEqualTo(Vocabulary.Model.SENTENCEPIECE_BPE);
      assertThat(vocabulary.pieces()).startsWith(new Piece("<unk>", 0, Kind.UNKNOWN), new Piece("<0x41>", 0, Kind.BYTE),
          new Piece(" ", 0, Kind.NORMAL), new Piece("a", 0, Kind.NORMAL), new Piece(" a", -1, Kind.NORMAL),
          new Piece("aa", 0, Kind.NORMAL), new Piece("zz", -1e10f, Kind.NORMAL));
    }
  }

  @Test void vocabulary_thatDoesNotFit_isRefused() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 20}}}");
    assertRefused(file, "gives 'a' the id 20, but the model has 20 tokens");
    Files.writeString(file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": [5]}}");
    assertRefused(file, "has the merge 5, expected two pieces");
    put(CONFIG.replace("[3, 4]", "[3, 20]"));
    Files.writeString(file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}");
    assertRefused(folder.resolve("config.json"), "eos_token_id is [3, 20], expected tokens of the vocabulary, 0 to 19");
  }

  @Test void vocabulary_ofLlama3_isRead() throws IOException {
    Files.copy(ReferenceData.file("tokenizers/llama3-tokenizer.json"), folder.resolve("tokenizer.json"));
    put(CONFIG.replace("\"vocab_size\": 20", "\"vocab_size\": 128256"));
    try (Checkpoint model = open()) {
      Vocabulary vocabulary = model.vocabulary().orElseThrow();
      assertThat(vocabulary.model()).isEqualTo(Vocabulary.Model.BYTE_LEVEL_BPE);
      assertThat(vocabulary.pieces()).hasSize(128_256).noneMatch(piece -> piece.kind() == Kind.UNUSED);
      assertThat(vocabulary.merges()).hasSizeGreaterThan(270_000).startsWith("\u0120 \u0120");
      assertThat(vocabulary.pieces().get(128_000)).isEqualTo(new Piece("<|begin_of_text|>", 0, Kind.CONTROL));
    }
  }

  @Test void recognise_looksIntoFoldersAlone() throws IOException {
    SafetensorsFormat format = new SafetensorsFormat();
    assertThat(format.recognise(folder).recognised()).isTrue();
    assertThat(format.recognise(folder.resolve("model.safetensors")).recognised()).isFalse();
    assertThat(format.recognise(Files.createDirectory(temporary.resolve("empty"))).recognised()).isFalse();
  }

  private void assertRefused(Path where, String message) {
    assertThatThrownBy(() -> open().close()).as(message).isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith(where + ": ").hasMessageContaining(message).message().doesNotContain("\n");
  }
}
