package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of Hugging Face whose model, all of zeros, always says token 0; its pieces are of bytes. */
final class ByteLevelModelTest {

  private static final int VOCABULARY = 264;

  @TempDir Path folder;

  @BeforeEach void write() throws IOException {
    Files.writeString(folder.resolve("config.json"),
        """
            {"model_type": "llama", "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 1, "num_attention_heads": 2,
             "vocab_size": %d, "max_position_embeddings": 64, "rms_norm_eps": 1e-5, "tie_word_embeddings": true,
             "bos_token_id": 258, "eos_token_id": 259}"""
            .formatted(VOCABULARY));
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
    Files.write(folder.resolve("model.safetensors"), weights());
  }

  @Test void run_folder_writesTextInItsTokens() {
    var run = cria("run", folder, "-t", "0", "-n", "5", "-i", "Hello \u00e9");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).as("8 tokens of the prompt, of which 5 are run, and one more").startsWith("Hell");
    assertThat(cria("run", folder, "-t", "0", "-n", "12", "-i", "Hi").out().strip()).startsWith("Hi you you you");
    assertThat(cria("run", folder, "-t", "0", "-n", "4").out().strip()).as("without a prompt").startsWith("you you");
    assertThat(cria("run", folder, "--verbose", "-t", "0", "-n", "4").err()).contains("inside the model");
  }

  @Test void tokenize_folderOrFile_givesTheSameIds() {
    String ids = cria("tokenize", folder, "Hi you \u4e2d").out();
    assertThat(ids).isEqualTo("258 %d %d 0 33 229 185 174\n".formatted(1 + 'H', 1 + 'i'));
    assertThat(cria("tokenize", folder.resolve("tokenizer.json"), "Hi you \u4e2d").out()).isEqualTo(ids);
    assertThat(cria("tokenize", folder, "--decode", ids.strip()).out()).isEqualTo("Hi you \u4e2d\n");
    assertThat(cria("tokenize", folder, "--no-bos", "<|end|>").out()).doesNotContain("259");
    assertThat(cria("tokenize", folder, "--no-bos", "--special", "<|end|>").out()).isEqualTo("259\n");
  }

  @Test void run_tokenizerThatWantsMoreThanThereIs_saysWhatInOneLine() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, tokenizer().replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}"));
    var run = cria("run", folder, "-n", "1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.message()).isEqualTo("cria: " + folder + ": its tokenizer cannot be used: it has the normalizer"
        + " {type=Lowercase}: that is not supported; name another with -z, or run token ids with cria logits");
    assertThat(cria("tokenize", file, "x").message()).startsWith("cria: " + file + ": its tokenizer cannot be used: ");
    assertThat(cria("inspect", folder).out())
        .contains("  cannot run: its tokenizer cannot be used: it has the normalizer");
    Files.delete(file);
    assertThat(cria("run", folder, "-n", "1").message()).startsWith("cria: " + folder + ": no tokenizer found.");
  }

  @Test void run_namedTokenizerJson_isUsed() throws IOException {
    Path named = Files.move(folder.resolve("tokenizer.json"), folder.resolve("other.json"));
    assertThat(cria("run", folder, "-z", named, "-t", "0", "-n", "6", "-i", "Hi").out().strip()).startsWith("Hi you");
  }

  /** Token 0 is " you", then come the bytes, BOS (258) and what ends a text. */
  private static String tokenizer() {
    StringJoiner pieces = new StringJoiner(", ", "{\"\u0120you\": 0, ", "}");
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
      String text = Character.toString(printable ? b : next++);
      pieces.add("\"" + (text.equals("\"") || text.equals("\\") ? "\\" : "") + text + "\": " + (1 + b));
    }
    return """
        {"version": "1.0", "normalizer": null, "added_tokens": [{"id": 258, "content": "<|begin|>", "special": true},
           {"id": 259, "content": "<|end|>", "special": true}],
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
         "decoder": {"type": "ByteLevel"},
         "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|begin|>", "type_id": 0}},
           {"Sequence": {"id": "A", "type_id": 0}}], "special_tokens": {"<|begin|>": {"id": "<|begin|>", "ids": [258]}}},
         "model": {"type": "BPE", "ignore_merges": true, "merges": [], "vocab": %s}}"""
        .formatted(pieces);
  }

  private static byte[] weights() {
    StringJoiner header = new StringJoiner(", ", "{", "}");
    int[] end = {0};
    add(header, end, "model.embed_tokens", VOCABULARY, 8);
    String layer = "model.layers.0.";
    for (String square : new String[]{"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj"}) {
      add(header, end, layer + square, 8, 8);
    }
    add(header, end, layer + "mlp.gate_proj", 12, 8);
    add(header, end, layer + "mlp.up_proj", 12, 8);
    add(header, end, layer + "mlp.down_proj", 8, 12);
    for (String norm : new String[]{layer + "input_layernorm", layer + "post_attention_layernorm", "model.norm"}) {
      add(header, end, norm, 0, 8);
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + end[0]).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json)
        .array();
  }

  private static void add(StringJoiner header, int[] end, String name, int rows, int cols) {
    int begin = end[0];
    end[0] += Math.max(1, rows) * cols * Float.BYTES;
    header.add("\"%s.weight\": {\"dtype\": \"F32\", \"shape\": [%s%d], \"data_offsets\": [%d, %d]}".formatted(name,
        rows == 0 ? "" : rows + ", ", cols, begin, end[0]));
  }
}
