package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What writing a checkpoint must do; of a format that only reads, that it says so. */
abstract class CheckpointWriteTests extends CheckpointReadTests {

  @Test void write_andReadAgain_givesTheSameModel() throws IOException {
    Path source = sample("source.bin");
    Path target = folder.resolve("written.bin");
    try (Checkpoint original = format().open(source, encodings())) {
      if (!format().writes()) {
        assertWriteRefused(original, target);
        return;
      }
      format().write(original, target);
      try (Checkpoint copy = format().open(target, encodings())) {
        assertThat(copy.configuration()).as("configuration()").isEqualTo(original.configuration());
        assertThat(copy.vocabulary()).as("vocabulary()").isEqualTo(original.vocabulary());
        assertThat(copy.tensors().keySet()).as("names of tensors").isEqualTo(original.tensors().keySet());
        for (String name : original.tensors().keySet()) {
          assertSameBytes(copy.tensor(name), original.tensor(name));
        }
      }
    }
  }

  @Test void write_ofACheckpointThatFails_leavesNothingBehind() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    try (Checkpoint original = format().open(sample("source.bin"), encodings())) {
      if (!format().writes()) {
        assertWriteRefused(original, out.resolve("target.bin"));
        return;
      }
      Checkpoint failing = new FailingCheckpoint(original, original.tensors().lastEntry().getKey());
      assertThatThrownBy(() -> format().write(failing, out.resolve("target.bin"))).isInstanceOf(IOException.class);
    }
    assertThat(files(out)).as("files left by a write that failed").isEmpty();
  }

  @Test void write_overAFileThatFails_leavesTheOldOne() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path target = Files.writeString(out.resolve("target.bin"), "old");
    try (Checkpoint original = format().open(sample("source.bin"), encodings())) {
      Checkpoint failing = new FailingCheckpoint(original, original.tensors().firstEntry().getKey());
      assertThatThrownBy(() -> format().write(failing, target))
          .isInstanceOf(format().writes() ? IOException.class : UnsupportedOperationException.class);
    }
    assertThat(files(out)).as("files after a write that failed").containsExactly(target);
    assertThat(target).as("the file that was there").hasContent("old");
  }

  private void assertWriteRefused(Checkpoint checkpoint, Path target) {
    assertThatThrownBy(() -> format().write(checkpoint, target)).as("write() though writes() is false")
        .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining(format().name());
    assertThat(target).as("the file that was not to be written").doesNotExist();
  }

  private static void assertSameBytes(CheckpointTensor copy, CheckpointTensor original) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(List.of(copy.rows(), copy.cols(), copy.encoding().name())).as("shape of %s", original.name())
          .isEqualTo(List.of(original.rows(), original.cols(), original.encoding().name()));
      MemorySegment expected = original.map(arena).data();
      assertThat(copy.map(arena).data().mismatch(expected)).as("first byte of %s that differs", original.name())
          .isEqualTo(-1);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
