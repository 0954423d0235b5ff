package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.ModelConfiguration.Attention;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.encodings.F32Encoding;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufFormatTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 3}) void open_model_hasItsShapeAndTensors(int version) throws IOException {
    try (Checkpoint model = open(GgufBytes.model().version(version))) {
      assertThat(model.configuration()).isEqualTo(Samples.MODEL);
      assertThat(model.tensors()).hasSize(20).containsKeys(TensorNames.TOKEN_EMBEDDING, TensorNames.FINAL_NORM,
          TensorNames.qProj(1), TensorNames.downProj(0));
      CheckpointTensor down = model.tensor(TensorNames.downProj(1));
      assertThat(List.of(down.rows(), down.cols())).containsExactly(8, 12);
      assertThat(model.endsWithBos()).isFalse();
      assertThat(model.vocabulary()).isEmpty();
      assertThat(model.metadata()).containsEntry("llama.block_count", "2");
    }
  }

  @Test void open_optionalKeysMissingOrUnknown_isRead() throws IOException {
    GgufBytes bytes = new GgufBytes().text("general.architecture", "llama").u32("llama.embedding_length", 8)
        .u32("llama.feed_forward_length", 12).u32("llama.block_count", 2).u32("llama.attention.head_count", 2)
        .u32("llama.context_length", 16).f32("llama.attention.layer_norm_rms_epsilon", 1e-6f)
        .text("somebody.knows.what", "…").ints("and.an.array").weights();

    try (Checkpoint model = open(bytes)) {
      ModelConfiguration c = model.configuration();
      assertThat(c.kvHeads()).as("kvHeads without a key").isEqualTo(2);
      assertThat(c.normEpsilon()).isEqualTo(1e-6f);
      assertThat(c.rope()).isEqualTo(new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, 4));
      assertThat(model.metadata()).containsEntry("and.an.array", "[]");
    }
  }

  @Test void configuration_sizesOfAHeadAndWindow_areRead() throws IOException {
    try (Checkpoint model = open(GgufBytes.configuration().u32("llama.attention.key_length", 6)
        .u32("llama.attention.value_length", 6).u32("llama.rope.dimension_count", 4).f32("llama.rope.freq_base", 5e5f)
        .u32("llama.attention.sliding_window", 7).weights())) {
      assertThat(model.configuration().headDim()).isEqualTo(6);
      assertThat(model.configuration().rope()).isEqualTo(
          new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 500_000, 4));
      assertThat(model.configuration().attention()).isEqualTo(new Attention(7, false, false));
    }
  }

  @Test void configuration_qwen_hasBiasesOrNorms() throws IOException {
    try (Checkpoint qwen2 = open(qwen("qwen2").weights()); Checkpoint qwen3 = open(qwen("qwen3").weights())) {
      assertThat(qwen2.configuration().attention()).isEqualTo(new Attention(Integer.MAX_VALUE, true, false));
      assertThat(qwen2.configuration().rope().layout()).isEqualTo(RopeLayout.HALF_SPLIT);
      assertThat(qwen3.configuration().attention()).isEqualTo(new Attention(Integer.MAX_VALUE, false, true));
    }
  }

  private static GgufBytes qwen(String name) {
    return new GgufBytes().text("general.architecture", name).u32(name + ".embedding_length", 8)
        .u32(name + ".feed_forward_length", 12).u32(name + ".block_count", 2).u32(name + ".attention.head_count", 4)
        .u32(name + ".context_length", 16).f32(name + ".attention.layer_norm_rms_epsilon", 1e-6f);
  }

  @Test void configuration_ropeFactors_areDivisors() throws IOException {
    byte[] factors = GgufBytes.written(GgufBytes.little(4).putFloat(8));
    try (Checkpoint model = open(GgufBytes.model().tensor("rope_freqs.weight", 0, factors, 1))) {
      assertThat(model.configuration().rope().divisors()).containsExactly(8.0);
      assertThat(model.tensors()).as("tensors").hasSize(20);
    }
    try (Checkpoint model = open(GgufBytes.configuration().text("llama.rope.scaling.type", "linear")
        .f32("llama.rope.scaling.factor", 4).weights())) {
      assertThat(model.configuration().rope().divisors()).containsExactly(4.0);
    }
  }

  @Test void open_encodingOfAPlugin_isFoundByItsName() throws IOException {
    GgufBytes bytes = GgufBytes.model().tensor("more", 35, new byte[66], 256);
    try (Checkpoint model = open(bytes)) {
      assertThat(model.tensor("more").encoding().name()).isEqualTo("tq2_0");
      assertThat(model.tensor("more").byteSize()).isEqualTo(66);
      assertThat(model.tensor("more").encoding().availability().reason().orElseThrow())
          .startsWith("There is no encoding 'tq2_0' here, only ");
    }
    Path file = bytes.write(folder.resolve("plugin.gguf"));
    try (Checkpoint model = new GgufFormat().open(file, EncodingLookup.of(new F32Encoding(), new Ternary()))) {
      assertThat(model.tensor("more").encoding()).isInstanceOf(Ternary.class);
    }
  }

  private record Ternary() implements Encoding {
    @Override public String name() {
      return "tq2_0";
    }

    @Override public int blockSize() {
      return 256;
    }

    @Override public int blockBytes() {
      return 66;
    }

    @Override public void decode(MemorySegment in, long inOffset, float[] out, int outOffset,
        int count) {
      throw new UnsupportedOperationException("never asked");
    }

    @Override public void encode(float[] in, int inOffset, MemorySegment out, long outOffset,
        int count) {
      throw new UnsupportedOperationException("never asked");
    }
  }

  @Test void open_oddAlignments_areKept() throws IOException {
    for (int alignment : new int[]{1, 2, 64, 4096}) {
      GgufBytes bytes = new GgufBytes().alignment(alignment).tensor("a", 24, new byte[]{1, 2, 3}, 3).tensor("b", 2);
      try (Checkpoint model = open(bytes); Arena arena = Arena.ofConfined()) {
        float[] values = new float[2];
        var mapped = model.tensor("b").map(arena);
        mapped.encoding().decode(mapped.data(), 0, values, 0, 2);
        Random random = new Random("b".hashCode());
        assertThat(values).as("alignment %d", alignment).containsExactly((float) random.nextGaussian() / 8,
            (float) random.nextGaussian() / 8);
        assertThat(mapped.data().address() % 4).as("address at an alignment of %d", alignment).isZero();
      }
    }
  }

  @Test void vocabulary_sentencePiece_isRead() throws IOException {
    GgufBytes bytes = GgufBytes.model().text("tokenizer.ggml.model", "llama")
        .texts("tokenizer.ggml.tokens", "<unk>", "<s>", "</s>", "<0x41>", "\u2581the", "<pad>")
        .floats("tokenizer.ggml.scores", 0, 0, 0, 0, -1.5f, 0).ints("tokenizer.ggml.token_type", 2, 3, 3, 6, 1, 5)
        .u32("tokenizer.ggml.seperator_token_id", -1).u32("tokenizer.ggml.eot_token_id", 5)
        .u32("tokenizer.ggml.bos_token_id", -1);
    try (Checkpoint model = open(bytes)) {
      Vocabulary vocabulary = model.vocabulary().orElseThrow();
      assertThat(vocabulary.model()).isEqualTo(Vocabulary.Model.SENTENCEPIECE_BPE);
      assertThat(vocabulary.pieces()).containsExactly(new Piece("<unk>", 0, Kind.UNKNOWN),
          new Piece("<s>", 0, Kind.CONTROL), new Piece("</s>", 0, Kind.CONTROL), new Piece("<0x41>", 0, Kind.BYTE),
          new Piece(" the", -1.5f, Kind.NORMAL), new Piece("<pad>", 0, Kind.UNUSED));
      assertThat(vocabulary.special()).isEqualTo(
          new Vocabulary.Special(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(2), Set.of(5)));
    }
  }

  @Test void vocabulary_sentencePiece_putsSpacesAsLlamaCppDoes() throws IOException {
    for (boolean prefix : new boolean[]{true, false}) {
      GgufBytes bytes = GgufBytes.model().text("tokenizer.ggml.model", "llama")
          .texts("tokenizer.ggml.tokens", "<unk>", "<s>", "</s>", "<t>", "\u2581", "a")
          .floats("tokenizer.ggml.scores", 0, 0, 0, 0, 0, 0).ints("tokenizer.ggml.token_type", 2, 3, 3, 4, 1, 1);
      if (!prefix) {
        bytes.value("tokenizer.ggml.add_space_prefix", 7, new byte[]{0});
      }
      try (Checkpoint model = open(bytes)) {
        Tokenizer tokenizer = Tokenizer.of(model.vocabulary().orElseThrow());
        assertThat(tokenizer.encode("<t>a<t>a", EncodeOptions.TEXT)).as("add_space_prefix %s", prefix)
            .containsExactly(prefix ? new int[]{3, 4, 5, 3, 4, 5} : new int[]{3, 5, 3, 5});
      }
    }
  }

  @Test void vocabulary_byteLevel_keepsMergesAndSettings() throws IOException {
    GgufBytes bytes = GgufBytes.model().text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "llama-bpe")
        .texts("tokenizer.ggml.tokens", "t", "h", "th", "\u0120th").texts("tokenizer.ggml.merges", "t h", "\u0120 th")
        .u32("tokenizer.ggml.eos_token_id", 3);
    try (Checkpoint model = open(bytes)) {
      Vocabulary vocabulary = model.vocabulary().orElseThrow();
      assertThat(vocabulary.model()).isEqualTo(Vocabulary.Model.BYTE_LEVEL_BPE);
      assertThat(vocabulary.merges()).containsExactly("t h", "\u0120 th");
      assertThat(vocabulary.pieces().get(3).text()).isEqualTo("\u0120th");
      assertThat(vocabulary.metadata()).containsEntry("pre", "llama-bpe");
      assertThat(vocabulary.special().bos()).as("bos where nothing says so").isEmpty();
    }
  }

  @Test void open_parts_areOneModel() throws IOException {
    Path first = parts("model-00001-of-00003.gguf", 3);
    try (Checkpoint model = new GgufFormat().open(first, Samples.ENCODINGS)) {
      assertThat(model.configuration()).isEqualTo(Samples.MODEL);
      assertThat(model.tensors()).hasSize(20);
      assertThat(model.byteSize()).isEqualTo(Files.size(first) + Files.size(part(2)) + Files.size(part(3)));
      try (Checkpoint whole = open(GgufBytes.model())) {
        for (String name : whole.tensors().keySet()) {
          assertThat(Samples.floats(model, name)).as(name).isEqualTo(Samples.floats(whole, name));
        }
      }
    }
  }

  @Test void open_partsThatDoNotFit_areRefused() throws IOException {
    Path first = parts("model-00001-of-00003.gguf", 3);
    assertRefused(part(2), "is part 2 of 3; name the first, model-00001-of-00003.gguf");
    Path moved = Files.copy(first, folder.resolve("other.gguf"));
    assertRefused(moved, "is part 1 of 3, but not named so; parts must be named as NAME-00001-of-00003.gguf, all in one"
        + " folder");
    Files.copy(part(2), part(3), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> new GgufFormat().open(first, Samples.ENCODINGS))
        .hasMessage(part(3) + ": is not part 3 of 3, as its name says; fetch all parts again");
    Files.delete(part(3));
    assertRefused(first, "is the first of 3 parts, but there is no model-00003-of-00003.gguf beside it; fetch all parts"
        + " into one folder");
    parts("model-00001-of-00003.gguf", 4);
    assertRefused(first, "its 3 parts have 20 tensors, expected 21; fetch all parts again");
  }

  /** The model in three files; what it says of the number of tensors is right for {@code claim} 3. */
  private Path parts(String name, int claim) throws IOException {
    GgufBytes one = GgufBytes.configuration().value("split.no", 2, new byte[2])
        .value("split.count", 2, GgufBytes.written(GgufBytes.little(2).putShort((short) 3)))
        .value("split.tensors.count", GgufBytes.I32, GgufBytes.written(GgufBytes.little(4).putInt(17 + claim)));
    GgufBytes two = part(1, 3);
    GgufBytes three = part(2, 3);
    two.tensor("token_embd.weight", 8, 20).tensor("output_norm.weight", 8);
    for (int layer = 0; layer < 2; layer++) {
      GgufBytes target = layer == 0 ? two : three;
      String blk = "blk." + layer + ".";
      target.tensor(blk + "attn_norm.weight", 8).tensor(blk + "attn_q.weight", 8, 8).tensor(blk + "attn_k.weight", 8, 4)
          .tensor(blk + "attn_v.weight", 8, 4).tensor(blk + "attn_output.weight", 8, 8)
          .tensor(blk + "ffn_norm.weight", 8)
          .tensor(blk + "ffn_gate.weight", 8, 12).tensor(blk + "ffn_up.weight", 8, 12)
          .tensor(blk + "ffn_down.weight", 12, 8);
    }
    two.write(part(2));
    three.write(part(3));
    return one.write(folder.resolve(name));
  }

  private static GgufBytes part(int number, int count) {
    return new GgufBytes().value("split.no", 2, GgufBytes.written(GgufBytes.little(2).putShort((short) number)))
        .value("split.count", 2, GgufBytes.written(GgufBytes.little(2).putShort((short) count)));
  }

  private Path part(int number) {
    return folder.resolve("model-0000" + number + "-of-00003.gguf");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> new GgufFormat().open(file, Samples.ENCODINGS))
        .isInstanceOf(CheckpointFormatException.class).hasMessage(file + ": " + message);
  }

  private Checkpoint open(GgufBytes bytes) throws IOException {
    return new GgufFormat().open(bytes.write(folder.resolve("model.gguf")), Samples.ENCODINGS);
  }

  @Test void open_stories260K_hasTheWeightsOfVersion0() throws IOException {
    Path gguf = ReferenceData.file("stories260K/stories260K.gguf");
    Path v0 = ReferenceData.file("stories260K/stories260K.bin");
    try (Checkpoint model = new GgufFormat().open(gguf, Samples.ENCODINGS);
        Checkpoint same = new Llama2cV0Format().open(v0, Samples.ENCODINGS)) {
      assertThat(model.configuration().contextLength()).isEqualTo(2048);
      for (String name : same.tensors().keySet()) {
        assertThat(Samples.floats(model, name)).as(name).isEqualTo(Samples.floats(same, name));
      }
      assertThat(model.vocabulary().orElseThrow().pieces()).hasSize(512);
    }
  }

  @Test void open_vocabulariesAlone_areRead() throws IOException {
    try (Checkpoint gpt2 = new GgufFormat().open(ReferenceData.file("tokenizers/ggml-vocab-gpt-2.gguf"),
        Samples.ENCODINGS)) {
      assertThat(gpt2.vocabulary().orElseThrow().merges()).hasSize(50_000);
      assertThatThrownBy(gpt2::configuration).isInstanceOf(CheckpointFormatException.class).hasMessageEndingWith(
          ": is of the architecture 'gpt2', which is not supported; those that are: llama, mistral, qwen2, qwen3");
    }
    try (Checkpoint spm = new GgufFormat().open(ReferenceData.file("tokenizers/ggml-vocab-llama-spm.gguf"),
        Samples.ENCODINGS)) {
      assertThat(spm.vocabulary().orElseThrow().pieces()).hasSize(32_000);
      assertThatThrownBy(spm::configuration).hasMessageContaining("holds no tensors, so no model but a vocabulary");
    }
  }
}
