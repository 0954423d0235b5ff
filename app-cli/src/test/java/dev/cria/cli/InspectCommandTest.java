package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {

  @TempDir Path folder;

  @Test void inspect_noModel_describesTheBuiltInOne() {
    var run = cria("inspect");
    assertThat(run.exit()).isZero();
    assertThat(run.message())
        .isEqualTo("cria: no model named; using the built-in one, which tells stories for children");
    assertThat(run.out()).startsWith("built-in: llama2c-v2, ").contains("\nConfiguration\n", "  layers         6\n",
        "  algorithm  sentencepiece_bpe\n", "    byte     256\n", "  bos        token 1\n", "\nMetadata\n");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test void inspect_model_addsUp() {
    Path model = ReferenceData.file("stories260K/stories260K.bin");
    var run = cria("inspect", model, "--backend", TestBackends.names().getFirst());
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(model + ": llama2c-v0, 1,056,540 bytes (1.1 MB)\n").contains("""
        Configuration
          architecture   llama
          dim            64
          hiddenDim      172
          layers         5
          heads          8
          kvHeads        4
          headDim        8
          vocabSize      512
          contextLength  512
          normEpsilon    1.0E-5
          rope           interleaved, theta 10000.0, rotates 8 of 8

        Weights
          parameters  260,032
          in f32      1,040,128 bytes (1.0 MB) in 47 tensors
          classifier  shared with the token embedding
        """, "  none in the file; it comes in a tokenizer.bin\n",
        "  keys and values  655,360 bytes (655 kB) for a full context\n",
        "  model.embed_tokens.weight                       (512, 64)  f32  131,072\n",
        "  and 36 more in the other layers; --tensors lists them\n");
    var all = cria("inspect", model, "--tensors");
    assertThat(all.out()).contains("  model.layers.4.mlp.down_proj.weight  ").doesNotContain(" more in the other");
    assertThat(all.out().lines().filter(line -> line.startsWith("  model."))).hasSize(47);
  }

  @Test void inspect_eachBackend_reckonsItsOwnMemory() throws Exception {
    Path model = TestModel.writeModel(folder);
    for (String backend : TestBackends.names()) {
      assertThat(cria("inspect", model, "--backend", backend).out()).as(backend)
          .contains("\nMemory on the backend " + backend + "\n").containsPattern("together +[0-9,]+ bytes");
    }
  }

  @Test void inspect_gguf_showsMetadataVocabularyAndMemory() {
    Path model = ReferenceData.file("tiny256/tiny256-Q4_K_M-mixed.gguf");
    var run = cria("inspect", model, "--backend", TestBackends.names().getFirst());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith(model + ": gguf, 1,142,880 bytes (1.1 MB)\n").contains(
        "  rope           interleaved, theta 10000.0, rotates 32 of 32\n",
        "  in q4_k     829,440 bytes (829 kB) in 13 tensors\n",
        "  in q6_k     295,680 bytes (296 kB) in 3 tensors\n", "  algorithm  sentencepiece_bpe\n",
        "  general.name                            tiny256 random\n",
        "\n  nothing stands in the way\n", "  together         ", "(256, 256)  q4_k  36,864\n");
  }

  @Test void inspect_modelThatCannotRun_saysWhyAndShowsTheRest() {
    Path vocabulary = ReferenceData.file("tokenizers/ggml-vocab-gpt-2.gguf");
    var run = cria("inspect", vocabulary);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("\nConfiguration\n  none that this version can run\n", "  merges     50,000\n",
        "  general.name                       gpt-2\n",
        "  cannot run: is of the architecture 'gpt2', which is not supported;"
            + " those that are: llama, mistral, qwen2, qwen3\n")
        .doesNotContain("Memory on the backend", "its tokenizer");
  }

  @Test void inspect_folder_showsWhatIsInIt() throws Exception {
    Files.writeString(folder.resolve("config.json"),
        """
            {"model_type": "qwen3", "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 1, "num_attention_heads": 4,
             "num_key_value_heads": 2, "head_dim": 4, "vocab_size": 20, "max_position_embeddings": 16, "rms_norm_eps": 1e-6,
             "tie_word_embeddings": true, "rope_theta": 1000000, "rope_scaling": {"type": "linear", "factor": 2.0}}""");
    byte[] header = """
        {"model.embed_tokens.weight": {"dtype": "BF16", "shape": [20, 8], "data_offsets": [0, 320]}}"""
        .getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("model.safetensors"), ByteBuffer.allocate(8 + header.length + 320)
        .order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).array());
    var run = cria("inspect", folder);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith(folder + ": safetensors, ").contains("  architecture   qwen3\n",
        "  rope\n    half_split, theta 1000000.0, rotates 4 of 4, divided by 2.0 to 2.0\n",
        "  norms          of the queries and keys of each head\n", "  num_attention_heads      4\n",
        "  cannot run: lacks the tensor 'model.layers.0.input_layernorm.weight' and 11 others; fetch or convert it again\n",
        "  model.embed_tokens.weight  (20, 8)  bf16  320\n");
    assertThat(cria("run", folder, "-n", "1").message()).startsWith("cria: " + folder + ": no tokenizer found.");
    assertThat(cria("logits", folder, "--tokens", "1", "--out", folder.resolve("x.f32")).message()).isEqualTo("cria: "
        + folder
        + ": lacks the tensor 'model.layers.0.input_layernorm.weight' and 11 others; fetch or convert it again");
  }
}
