package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.TensorNames;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Llama2cVersionsTest {

  @TempDir Path folder;

  @Test void open_version1_hasTheShapeAndOrderOfTheFile() throws IOException {
    try (Checkpoint model = open(1, Llama2cVersionBytes.write(1, true, 0))) {
      assertThat(model.configuration()).isEqualTo(Samples.MODEL);
      assertThat(model.tensors().firstEntry().getKey()).isEqualTo(TensorNames.attentionNorm(0));
      assertThat(model.endsWithBos()).isTrue();
      // element i of the file is i / 1000: 2 norms of 8, 2 of 8, 1 of 8, 160 of the embedding
      assertThat(Samples.floats(model, TensorNames.TOKEN_EMBEDDING)[0]).isEqualTo(40 / 1000f);
      assertThat(Samples.floats(model, TensorNames.qProj(0))[0]).isEqualTo(200 / 1000f);
    }
    try (Checkpoint model = open(1, Llama2cVersionBytes.write(1, false, 0))) {
      assertThat(model.tensors().lastEntry().getKey()).isEqualTo(TensorNames.LM_HEAD);
    }
  }

  @ParameterizedTest(name = "groups of {0}")
  @ValueSource(ints = {1, 2, 4, 8, 16}) void open_version2_multipliesLevelsByTheirScale(int group) throws IOException {
    // 16 does not divide a row of 8: two rows then share a scale
    try (Checkpoint model = open(2, Llama2cVersionBytes.write(2, false, group)); Arena arena = Arena.ofConfined()) {
      for (String name : new String[]{TensorNames.TOKEN_EMBEDDING, TensorNames.gateProj(1), TensorNames.LM_HEAD}) {
        var matrix = model.tensor(name).map(arena);
        float[] row = new float[matrix.cols()];
        for (int r = 0; r < matrix.rows(); r++) {
          matrix.encoding().decode(matrix.data(), r * matrix.encoding().rowBytes(matrix.cols()), row, 0, row.length);
          for (int i = 0; i < row.length; i++) {
            int element = r * row.length + i;
            assertThat(row[i]).as("%s (%d, %d)", name, r, i)
                .isEqualTo(Llama2cVersionBytes.level(element) * Llama2cVersionBytes.scale(element / group));
          }
        }
      }
      assertThat(Samples.floats(model, TensorNames.FINAL_NORM)[7]).isEqualTo(39 / 1000f);
    }
  }

  @ParameterizedTest(name = "version {0}: {3}")
  @CsvSource(delimiter = '|', value = {
      "1 | 8  | 0  | at byte 8: dim is 0, expected 1 to 1,048,576; the file is damaged",
      "1 | 20 | 3  | at byte 20: heads is 3, which does not divide dim 8; the file is damaged",
      "1 | 28 | -20 | at byte 28: vocab is -20, expected a positive number; the file is damaged",
      "1 | 36 | 2  | at byte 36: the mark of a shared classifier is 2, expected 0 or 1; the file is damaged",
      "2 | 37 | 0  | at byte 37: the group size is 0, expected 1 to 1,048,576; the file is damaged",
      "2 | 37 | -4 | at byte 37: the group size is -4, expected 1 to 1,048,576; the file is damaged",
      "2 | 37 | 3  | at byte 37: the group size is 3, which does not divide the 160 elements of"
          + " model.embed_tokens.weight; the file is damaged"}) void open_unsoundHeader_namesThePlace(int version,
              int offset, int value, String message) throws IOException {
    byte[] bytes = Llama2cVersionBytes.write(version, true, 4);
    if (offset == 36) {
      bytes[36] = (byte) value;
    } else {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
    }
    Path file = folder.resolve("model.bin");
    assertThatThrownBy(() -> open(version, bytes)).isInstanceOf(CheckpointFormatException.class)
        .hasMessage(file + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2}) void open_otherLength_saysHowMuchIsNeeded(int version) throws IOException {
    byte[] sound = Llama2cVersionBytes.write(version, true, 4);
    Path file = folder.resolve("model.bin");
    String needs = String.format("header (dim 8, hidden 12, layers 2, heads 4, kvHeads 2, vocab 20, context 16) needs"
        + " %,d bytes, file has ", sound.length);
    assertThatThrownBy(() -> open(version, Arrays.copyOf(sound, sound.length - 1)))
        .hasMessage(file + ": truncated: " + needs + String.format("%,d; fetch it again", sound.length - 1));
    assertThatThrownBy(() -> open(version, Arrays.copyOf(sound, sound.length + 1)))
        .hasMessage(file + ": too long: " + needs + String.format("%,d; fetch it again", sound.length + 1));
  }

  @ParameterizedTest(name = "version {0}, groups of {1}")
  @CsvSource({"1, 0", "2, 2", "2, 4"}) void write_whatWasRead_givesTheSameFile(int version, int group)
      throws IOException {
    for (boolean shared : new boolean[]{true, false}) {
      byte[] bytes = Llama2cVersionBytes.write(version, shared, group);
      Path copy = folder.resolve("copy.bin");
      try (Checkpoint model = open(version, bytes)) {
        format(version).write(model, copy);
      }
      assertThat(copy).hasBinaryContent(bytes);
    }
  }

  @Test void write_version2_roundsEachGroupToItsLevels() throws IOException {
    Path copy = folder.resolve("copy.bin");
    try (Checkpoint model = open(1, Llama2cVersionBytes.write(1, true, 0))) {
      new Llama2cV2Format().write(model, copy);
      try (Checkpoint rounded = new Llama2cV2Format().open(copy, Samples.ENCODINGS)) {
        assertThat(rounded.metadata()).as("64, halved until it divides all matrices").containsEntry("group size", "32");
        for (String name : model.tensors().keySet()) {
          float[] exact = Samples.decoded(model, name);
          float[] near = Samples.decoded(rounded, name);
          for (int first = 0; first < exact.length; first += 32) {
            float most = 0;
            for (int i = first; i < Math.min(first + 32, exact.length); i++) {
              most = Math.max(most, Math.abs(exact[i]));
            }
            for (int i = first; i < Math.min(first + 32, exact.length); i++) {
              assertThat(near[i]).as("%s[%d]", name, i).isCloseTo(exact[i], within(most / 127 * 0.51f));
            }
          }
        }
      }
    }
  }

  @Test void open_stories260K_hasTheWeightsOfVersion0() throws IOException {
    try (
        Checkpoint v0 = new Llama2cV0Format().open(ReferenceData.file("stories260K/stories260K.bin"),
            Samples.ENCODINGS);
        Checkpoint v1 = new Llama2cV1Format().open(ReferenceData.file("stories260K/stories260K_v1.bin"),
            Samples.ENCODINGS);
        Checkpoint v2 = new Llama2cV2Format().open(ReferenceData.file("stories260K/stories260K_q80_gs4.bin"),
            Samples.ENCODINGS)) {
      assertThat(CheckpointSummary.of(v1).parameters()).isEqualTo(260_032);
      assertThat(v1.tensors().keySet()).containsExactlyInAnyOrderElementsOf(v0.tensors().keySet());
      for (String name : v0.tensors().keySet()) {
        float[] expected = Samples.floats(v0, name);
        assertThat(Samples.floats(v1, name)).as(name).isEqualTo(expected);
        float[] values = Samples.decoded(v2, name);
        float most = 0;
        for (float value : expected) {
          most = Math.max(most, Math.abs(value));
        }
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(most / 127));
        }
      }
    }
  }

  private Checkpoint open(int version, byte[] bytes) throws IOException {
    return format(version).open(Files.write(folder.resolve("model.bin"), bytes), Samples.ENCODINGS);
  }

  private static CheckpointFormat format(int version) {
    return version == 1 ? new Llama2cV1Format() : new Llama2cV2Format();
  }
}
