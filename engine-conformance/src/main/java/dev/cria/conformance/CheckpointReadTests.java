package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.Recognition;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.EncodingLookup;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reading a checkpoint must do. */
abstract class CheckpointReadTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30); // against hanging, not against being slow
  private static final long MOST_HEAP_BYTES = 64L << 20;

  @TempDir Path folder;

  /** The format that is put to the test. */
  protected abstract CheckpointFormat format();

  /** Writes a sound file of that format. */
  protected abstract void writeSample(Path target) throws IOException;

  /** The encodings that a format may find: all on the class path of the test. */
  final EncodingLookup encodings() {
    return EncodingLookup.in(getClass().getClassLoader());
  }

  /** Foreign files that may be recognised, as damaged. */
  protected abstract Set<ForeignFile> resembling();

  /** Whether a file may be too long. */
  protected abstract boolean allowsTrailingBytes();

  @Test void format_isNamedAsUsersWriteIt() {
    assertThat(format().name()).as("name()").matches("[a-z0-9][a-z0-9._-]{0,39}");
    assertThat(format().availability().reason()).as("why it cannot run here").isEmpty();
  }

  @Test void recognise_ofSample_saysWhy() throws IOException {
    Recognition recognition = format().recognise(sample("model.bin"));
    assertThat(recognition.recognised()).as("recognised: %s", recognition.reason()).isTrue();
    assertOneLine(recognition.reason());
  }

  @Test void recognise_ofSampleUnderAnyName_looksAtTheContentAlone() throws IOException {
    for (String name : List.of("model.txt", "x", "model.gguf", "model.safetensors", ".hidden")) {
      assertThat(format().recognise(sample(name)).recognised()).as("recognised as %s", name).isTrue();
    }
  }

  @Test void recognise_ofForeignFiles_saysWhyNot() throws IOException {
    for (ForeignFile foreign : ForeignFile.values()) {
      for (String name : List.of("model.bin", "model.gguf", "model.safetensors")) {
        Path file = Files.write(folder.resolve(name), foreign.content());
        Recognition recognition = format().recognise(file);
        if (!resembling().contains(foreign)) {
          assertThat(recognition.recognised()).as("%s named %s: %s", foreign, name, recognition.reason()).isFalse();
        }
        assertOneLine(recognition.reason());
      }
    }
  }

  @Test void recognise_ofAFolder_doesNotTakeItForAFile() throws IOException {
    assertThat(format().recognise(Files.createDirectory(folder.resolve("empty"))).recognised()).isFalse();
  }

  @Test void open_ofForeignFiles_isRefusedInOneLine() throws IOException {
    for (ForeignFile foreign : ForeignFile.values()) {
      assertRefused(Files.write(folder.resolve(foreign + ".bin"), foreign.content()), foreign.toString());
    }
  }

  @Test void open_ofMissingFile_namesIt() {
    Path missing = folder.resolve("missing.bin");
    assertThatThrownBy(() -> format().open(missing, encodings())).isInstanceOf(IOException.class)
        .hasMessageContaining("missing.bin");
  }

  @Test void open_ofTruncatedFile_isRefusedInOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(sample("model.bin"));
    for (int length : lengths(whole.length)) {
      assertRefused(Files.write(folder.resolve("cut.bin"), Arrays.copyOf(whole, length)), length + " bytes");
    }
  }

  @Test void open_ofFileThatIsOneByteLonger_isRefusedUnlessAllowed() throws IOException {
    byte[] whole = Files.readAllBytes(sample("model.bin"));
    Path longer = Files.write(folder.resolve("longer.bin"), Arrays.copyOf(whole, whole.length + 1));
    if (allowsTrailingBytes()) {
      format().open(longer, encodings()).close();
    } else {
      assertRefused(longer, "one byte more");
    }
  }

  @Test void open_ofFileWithADamagedByte_worksOrIsRefusedInOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(sample("model.bin"));
    for (int at = 0; at < Math.min(64, whole.length); at++) {
      for (int value : new int[]{0, 1, 0x7F, 0x80, 0xFF}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) value;
        Path file = Files.write(folder.resolve("damaged.bin"), damaged);
        openOrRefuse(file, "byte " + at + " is " + value);
      }
    }
  }

  @Test void open_ofSample_offersWhatItPromises() throws IOException {
    Path file = sample("model.bin");
    try (Checkpoint checkpoint = format().open(file, encodings())) {
      assertThat(checkpoint.source()).as("source()").contains("model.bin");
      assertThat(checkpoint.format()).as("format()").isEqualTo(format().name());
      assertThat(checkpoint.byteSize()).as("byteSize()").isEqualTo(Files.size(file));
      assertThat(checkpoint.metadata()).as("metadata()").isNotNull();
      assertThat(checkpoint.vocabulary()).as("vocabulary()").isNotNull();
      CheckpointTensor embedding = checkpoint.tensor(TensorNames.TOKEN_EMBEDDING);
      assertThat(embedding.rows()).as("rows of the embedding").isEqualTo(checkpoint.configuration().vocabSize());
      assertThat(embedding.cols()).as("columns of the embedding").isEqualTo(checkpoint.configuration().dim());
      assertThatThrownBy(() -> checkpoint.tensor("no.such.tensor")).isInstanceOf(CheckpointFormatException.class)
          .hasMessageContaining("no.such.tensor");
    }
  }

  @Test void tensors_ofSample_areMappedInFull() throws IOException {
    try (Checkpoint checkpoint = format().open(sample("model.bin"), encodings()); Arena arena = Arena.ofConfined()) {
      assertThat(checkpoint.tensors()).as("tensors()").isNotEmpty();
      for (var entry : checkpoint.tensors().entrySet()) {
        CheckpointTensor tensor = entry.getValue();
        WeightMatrix mapped = tensor.map(arena);
        assertThat(tensor.name()).as("name of %s", entry.getKey()).isEqualTo(entry.getKey());
        assertThat(checkpoint.tensor(entry.getKey()).name()).as("tensor(%s)", entry.getKey()).isEqualTo(tensor.name());
        assertThat(List.of(mapped.rows(), mapped.cols())).as("shape of %s", tensor.name())
            .isEqualTo(List.of(tensor.rows(), tensor.cols()));
        assertThat(mapped.layout()).as("layout of %s", tensor.name()).isEqualTo(WeightLayout.ROW_MAJOR);
        assertThat(mapped.data().byteSize()).as("bytes of %s", tensor.name()).isEqualTo(tensor.byteSize())
            .isEqualTo(tensor.rows() * tensor.encoding().rowBytes(tensor.cols()));
        decode(mapped);
      }
    }
  }

  @Test void close_releasesTheFile_butNotWhatTheCallerHasMapped() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Checkpoint checkpoint = format().open(sample("model.bin"), encodings());
      CheckpointTensor tensor = checkpoint.tensors().firstEntry().getValue();
      WeightMatrix mapped = tensor.map(arena);
      float[] before = decode(mapped);
      checkpoint.close();
      assertThat(decode(mapped)).as("a tensor in the caller's arena, after close()").isEqualTo(before);
    }
    Path file = sample("again.bin");
    OpenFiles.assertNoneLeft(() -> format().open(file, encodings()).close());
    Path broken = Files.write(folder.resolve("broken.bin"), Arrays.copyOf(Files.readAllBytes(file), 40));
    OpenFiles.assertNoneLeft(
        () -> assertThatThrownBy(() -> format().open(broken, encodings())).isInstanceOf(IOException.class));
  }

  final Path sample(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    writeSample(file);
    return file;
  }

  /** The first and last row of a matrix. */
  static float[] decode(WeightMatrix w) {
    float[] values = new float[2 * w.cols()];
    long rowBytes = w.encoding().rowBytes(w.cols());
    w.encoding().decode(w.data(), 0, values, 0, w.cols());
    w.encoding().decode(w.data(), (w.rows() - 1) * rowBytes, values, w.cols(), w.cols());
    return values;
  }

  private static Set<Integer> lengths(int whole) {
    Set<Integer> lengths = new TreeSet<>();
    for (int length = 0; length < Math.min(whole, 300); length++) {
      lengths.add(length);
    }
    for (int part = 1; part < 16; part++) {
      lengths.add((int) ((long) whole * part / 16));
    }
    lengths.addAll(List.of(whole - 1, whole - 4, Math.max(0, whole - 64)));
    lengths.removeIf(length -> length < 0 || length >= whole);
    return lengths;
  }

  private void assertRefused(Path file, String what) {
    assertThat(openOrRefuse(file, what)).as("%s: opened", what).isFalse();
  }

  /** Opens a file; false if it is refused as it should be. */
  private boolean openOrRefuse(Path file, String what) {
    List<Throwable> thrown = new ArrayList<>();
    long heap = assertTimeoutPreemptively(PATIENCE, () -> Allocation.measureOnce(() -> {
      try {
        format().open(file, encodings()).close();
      } catch (IOException | RuntimeException | Error e) {
        thrown.add(e);
      }
    }), () -> what + ": hangs");
    assertThat(heap).as("%s: bytes of heap", what).isLessThan(MOST_HEAP_BYTES);
    for (Throwable e : thrown) {
      assertThat(e).as("%s: what open() throws", what).isInstanceOf(CheckpointFormatException.class);
      assertThat(e.getMessage()).as("%s: message", what).contains(file.toString());
      assertOneLine(e.getMessage());
    }
    return thrown.isEmpty();
  }

  private static void assertOneLine(@Nullable String message) {
    assertThat(message).as("a message in one line").isNotBlank().doesNotContain("\n");
  }
}
