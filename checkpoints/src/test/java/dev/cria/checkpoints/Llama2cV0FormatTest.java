package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.RopeLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Llama2cV0FormatTest {

  private final Llama2cV0Format format = new Llama2cV0Format();

  @TempDir Path folder;

  @Test void provider_onTheClassPath_isFoundByName() {
    var formats = Providers.load("format", CheckpointFormat.class, getClass().getClassLoader());

    assertThat(formats.broken()).isEmpty();
    assertThat(formats.named("llama2c-v0")).isInstanceOf(Llama2cV0Format.class);
  }

  @Test void open_whatWasWritten_hasEveryElement() throws IOException {
    for (Checkpoint original : List.of(Samples.shared(), Samples.separate())) {
      Path file = folder.resolve("model.bin");
      format.write(original, file);
      try (Checkpoint read = format.open(file, Samples.ENCODINGS)) {
        assertThat(read.configuration()).isEqualTo(Samples.MODEL);
        assertThat(read.tensors().keySet()).containsExactlyInAnyOrderElementsOf(original.tensors().keySet());
        for (String name : original.tensors().keySet()) {
          assertThat(Samples.floats(read, name)).as(name).containsExactly(Samples.floats(original, name));
        }
      }
    }
  }

  @Test void open_knownFile_liesAsTheFormatHasIt() throws IOException {
    Path file = folder.resolve("counting.bin");
    int floats = (int) (Samples.SHARED_BYTES - 28) / 4 + 160;
    ByteBuffer bytes = ByteBuffer.allocate(28 + 4 * floats).order(ByteOrder.LITTLE_ENDIAN);
    for (int field : new int[]{8, 12, 2, 4, 2, -20, 16}) {
      bytes.putInt(field);
    }
    for (int i = 0; i < floats; i++) {
      bytes.putFloat(i);
    }
    Files.write(file, bytes.array());

    try (Checkpoint read = format.open(file, Samples.ENCODINGS)) {
      assertThat(firstElements(read)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
          Map.entry(TensorNames.TOKEN_EMBEDDING, 0f),
          Map.entry(TensorNames.attentionNorm(0), 160f), Map.entry(TensorNames.attentionNorm(1), 168f),
          Map.entry(TensorNames.qProj(0), 176f), Map.entry(TensorNames.qProj(1), 240f),
          Map.entry(TensorNames.kProj(0), 304f), Map.entry(TensorNames.kProj(1), 336f),
          Map.entry(TensorNames.vProj(0), 368f), Map.entry(TensorNames.vProj(1), 400f),
          Map.entry(TensorNames.oProj(0), 432f), Map.entry(TensorNames.oProj(1), 496f),
          Map.entry(TensorNames.ffnNorm(0), 560f), Map.entry(TensorNames.ffnNorm(1), 568f),
          Map.entry(TensorNames.gateProj(0), 576f), Map.entry(TensorNames.gateProj(1), 672f),
          Map.entry(TensorNames.downProj(0), 768f), Map.entry(TensorNames.downProj(1), 864f),
          Map.entry(TensorNames.upProj(0), 960f), Map.entry(TensorNames.upProj(1), 1056f),
          Map.entry(TensorNames.FINAL_NORM, 1152f),
          Map.entry(TensorNames.LM_HEAD, 1192f)));
      assertThat(read.tensor(TensorNames.kProj(1)).rows()).isEqualTo(4);
      assertThat(read.tensor(TensorNames.downProj(1)).cols()).isEqualTo(12);
      assertThat(read.tensor(TensorNames.FINAL_NORM).rows()).as("a norm is a vector").isEqualTo(1);
      assertThat(read.configuration()).isEqualTo(Samples.MODEL);
    }
  }

  @Test void write_model_fillsTheTablesAndHasTheExactSize() throws IOException {
    Path file = Samples.write(folder);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(bytes.capacity()).isEqualTo((int) Samples.SHARED_BYTES);
    int tables = bytes.capacity() - 4 * 32;
    for (int position = 0; position < 16; position++) {
      assertThat(bytes.getFloat(tables + 4 * position)).as("cosine of position %d", position)
          .isCloseTo((float) Math.cos(position), within(1e-6f));
      assertThat(bytes.getFloat(tables + 64 + 4 * position)).as("sine of position %d", position)
          .isCloseTo((float) Math.sin(position), within(1e-6f));
    }
  }

  @Test void write_overAnOldFile_replacesItAndLeavesNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("model.bin"), "old");

    format.write(Samples.shared(), file);

    assertThat(Files.size(file)).isEqualTo(Samples.SHARED_BYTES);
    assertThat(files()).containsExactly(file);
  }

  @Test void write_failingHalfway_leavesTheOldFileAndNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("model.bin"), "old");
    Checkpoint whole = Samples.shared();
    var tensors = new ArrayList<>(whole.tensors().values());
    tensors.set(5, new GeneratedTensor(tensors.get(5).name(), tensors.get(5).rows(), tensors.get(5).cols(), () -> {
      throw new IllegalStateException("disk on fire");
    }));
    Checkpoint failing = new CheckpointContents("failing", "test", () -> Samples.MODEL,
        CheckpointContents.byName(tensors),
        Optional.empty(), Map.of(), true, 0, () -> {});

    assertThatThrownBy(() -> format.write(failing, file)).isInstanceOf(IllegalStateException.class);

    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly(file);
  }

  @Test void write_intoNoFolder_saysSo() {
    Path target = folder.resolve("absent/model.bin");

    assertThatThrownBy(() -> format.write(Samples.shared(), target)).isInstanceOf(IOException.class)
        .hasMessage(target + ": cannot be written: no such folder; create it first");
  }

  @Test void write_whatTheFormatCannotExpress_isRefusedBeforeAnythingIsWritten() throws IOException {
    ModelConfiguration plain = Samples.MODEL;
    assertRefused(with(plain.architecture(), 1e-5f, 2, new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 500_000, 2)),
        "synthetic 8x12x2x4x2x20x16: llama2c-v0 cannot express rope theta 500000.0, only 10000.0; choose another format");
    assertRefused(with(plain.architecture(), 1e-6f, 2, plain.rope()),
        "synthetic 8x12x2x4x2x20x16: llama2c-v0 cannot express norm epsilon 1.0E-6, only 1.0E-5; choose another format");
    assertRefused(with(plain.architecture(), 1e-5f, 2, new ModelConfiguration.Rope(RopeLayout.HALF_SPLIT, 10_000, 2)),
        "synthetic 8x12x2x4x2x20x16: llama2c-v0 cannot express rope layout HALF_SPLIT, only INTERLEAVED; choose another format");
    assertRefused(with(plain.architecture(), 1e-5f, 4, new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, 4)),
        "synthetic 8x12x2x4x2x20x16: llama2c-v0 cannot express 4 heads of 4 elements in dim 8, only dim / heads; choose another format");
    assertRefused(with("qwen3", 1e-5f, 2, plain.rope()),
        "synthetic 8x12x2x4x2x20x16: llama2c-v0 cannot express architecture qwen3, only llama; choose another format");
    assertThat(files()).isEmpty();
  }

  @Test void write_tensorsOfAnotherModel_areRefused() {
    Checkpoint whole = Samples.shared();
    var missing = new ArrayList<>(whole.tensors().values());
    missing.removeLast();
    var extra = new ArrayList<>(whole.tensors().values());
    extra.add(new GeneratedTensor("model.layers.0.self_attn.q_norm.weight", 1, 2, () -> row -> {}));
    var misshapen = new ArrayList<>(whole.tensors().values());
    misshapen.set(0, new GeneratedTensor(TensorNames.TOKEN_EMBEDDING, 21, 8, () -> row -> {}));

    assertThatThrownBy(() -> format.write(copy(missing), folder.resolve("x.bin")))
        .hasMessage("copy: has no tensor 'model.norm.weight', which llama2c-v0 needs");
    assertThatThrownBy(() -> format.write(copy(extra), folder.resolve("x.bin")))
        .hasMessage("copy: llama2c-v0 cannot express tensors [model.layers.0.self_attn.q_norm.weight],"
            + " only the tensors of a plain Llama model; choose another format");
    assertThatThrownBy(() -> format.write(copy(misshapen), folder.resolve("x.bin")))
        .hasMessage("copy: llama2c-v0 cannot express model.embed_tokens.weight (21, 8), only (20, 8);"
            + " choose another format");
  }

  @Test void tensor_ofUnknownName_isRefused() throws IOException {
    Path file = Samples.write(folder);
    try (Checkpoint read = format.open(file, Samples.ENCODINGS)) {
      assertThatThrownBy(() -> read.tensor("wq")).isInstanceOf(CheckpointFormatException.class)
          .hasMessage(file + ": has no tensor 'wq'; cria inspect lists the 20 that it has");
    }
  }

  @Test void map_afterTheFileShrank_isRefused() throws IOException {
    Path file = Samples.write(folder);
    try (Checkpoint read = format.open(file, Samples.ENCODINGS); Arena arena = Arena.ofConfined()) {
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.truncate(100);
      }
      assertThatThrownBy(() -> read.tensor(TensorNames.FINAL_NORM).map(arena))
          .isInstanceOf(CheckpointFormatException.class)
          .hasMessage(file + ": changed while it was open: it had 4,796 bytes, now it has 100; open it again");
    }
  }

  @Test void map_afterClose_isRefused() throws IOException {
    Path file = Samples.write(folder);
    Checkpoint read = format.open(file, Samples.ENCODINGS);
    read.close();

    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> read.tensor(TensorNames.FINAL_NORM).map(arena)).isInstanceOf(IOException.class)
          .hasMessage(file + ": is closed already; map its tensors before closing the checkpoint");
    }
  }

  @Test void mapped_memory_outlivesTheCheckpointAndIsReadOnly() throws IOException {
    Path file = Samples.write(folder);
    try (Arena arena = Arena.ofConfined()) {
      Checkpoint read = format.open(file, Samples.ENCODINGS);
      var norm = read.tensor(TensorNames.FINAL_NORM).map(arena);
      read.close();

      assertThat(norm.data().isReadOnly()).isTrue();
      assertThat(norm.data().byteSize()).isEqualTo(32);
      assertThat(norm.data().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat(0)).isCloseTo(1f, within(0.1f));
    }
  }

  @Test void layout_ofRealModels_isExactToTheByte() {
    assertThat(bytes(288, 768, 6, 6, 6, 32000, 256)).isEqualTo(60_816_028);
    assertThat(bytes(512, 1376, 8, 8, 8, 32000, 1024)).isEqualTo(167_020_572);
    assertThat(bytes(768, 2048, 12, 12, 12, 32000, 1024)).isEqualTo(438_381_596);
    assertThat(bytes(4096, 11008, 32, 32, 32, -32000, 2048)).as("beyond 2 GB").isEqualTo(26_954_711_068L);
  }

  @Test void recognise_dimThatReadsLikeAPickle_isStillRecognised() throws IOException {
    for (int dim : new int[]{640, 896, 1152, 1408}) { // 80 02 00 00 and so on
      ByteBuffer header = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
      new Llama2cHeader(dim, 100, 1, 2, 2, 10, 10).write(header);
      Path file = Files.write(folder.resolve("dim" + dim), header.array());

      assertThat(format.recognise(file).recognised()).as("dim %d", dim).isTrue();
    }
  }

  @Test void recognise_otherContent_saysWhy() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "Once upon a time, there was a small llama.");

    assertThat(format.recognise(text).recognised()).isFalse();
    assertThat(format.recognise(text).reason()).isEqualTo("7 of the 7 numbers of its header would be out of range");
    assertThat(format.recognise(folder).reason()).isEqualTo("is a folder, not a file");
  }

  @Test void stories260K_greedy_beginsAsLlama2cTellsIt() throws IOException {
    Path file = ReferenceData.file("stories260K/stories260K.bin");
    List<String> pieces = pieces(ReferenceData.file("stories260K/tok512.bin"));
    String expected = Files.readString(ReferenceData.file("stories260K/stories260K_t0_n256.txt"));
    try (Checkpoint stories = format.open(file, Samples.ENCODINGS)) {
      assertThat(stories.byteSize()).isEqualTo(1_056_540);
      assertThat(CheckpointSummary.of(stories).parameters()).isEqualTo(260_032);
      ReferenceForward forward = new ReferenceForward(stories);
      StringBuilder told = new StringBuilder();
      int token = 1;
      for (int i = 0; i < 256 - 1; i++) {
        double[] logits = forward.next(token);
        token = 0;
        for (int id = 1; id < logits.length; id++) {
          token = logits[id] > logits[token] ? id : token;
        }
        told.append(pieces.get(token));
      }
      assertThat(expected).contains("Lily");
      assertThat(told.toString().strip()).startsWith(expected.substring(0, 400));
    }
  }

  private static Map<String, Float> firstElements(Checkpoint checkpoint) throws IOException {
    Map<String, Float> first = new HashMap<>();
    for (String name : checkpoint.tensors().keySet()) {
      first.put(name, Samples.floats(checkpoint, name)[0]);
    }
    return first;
  }

  private static List<String> pieces(Path tokenizer) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(tokenizer)).order(ByteOrder.LITTLE_ENDIAN).position(4);
    List<String> pieces = new ArrayList<>();
    while (bytes.hasRemaining()) {
      bytes.getFloat();
      byte[] text = new byte[bytes.getInt()];
      bytes.get(text);
      String piece = new String(text, StandardCharsets.UTF_8);
      pieces.add(piece.matches("<0x[0-9A-F]{2}>") ? "" + (char) Integer.parseInt(piece.substring(3, 5), 16) : piece);
    }
    return pieces;
  }

  private static long bytes(int dim, int hidden, int layers, int heads, int kvHeads, int vocab, int context) {
    Llama2cHeader header = new Llama2cHeader(dim, hidden, layers, heads, kvHeads, vocab, context);
    return Llama2cV0Layout.of(header.configuration(), header.sharedClassifier()).byteSize();
  }

  private static ModelConfiguration with(String architecture, float epsilon, int headDim,
      ModelConfiguration.Rope rope) {
    return new ModelConfiguration(architecture, 8, 12, 2, 4, 2, headDim, 20, 16, epsilon, rope);
  }

  private void assertRefused(ModelConfiguration model, String message) {
    assertThatThrownBy(() -> format.write(SyntheticCheckpoint.of(model, true, 1), folder.resolve("x.bin")))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static Checkpoint copy(List<? extends CheckpointTensor> tensors) {
    return new CheckpointContents("copy", "test", () -> Samples.MODEL, CheckpointContents.byName(tensors),
        Optional.empty(),
        Map.of(), true, 0, () -> {});
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
