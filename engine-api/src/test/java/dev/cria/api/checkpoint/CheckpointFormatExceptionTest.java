package dev.cria.api.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CheckpointFormatExceptionTest {

  @Test void message_isPathThenPlaceThenProblem() {
    var whole = new CheckpointFormatException(Path.of("a.bin"), "is empty");
    assertThat(whole).hasMessage("a.bin: is empty");
    assertThat(whole.problem()).isEqualTo("is empty");
    assertThat(whole.offset()).isEmpty();
    var place = new CheckpointFormatException(Path.of("a.bin"), 8, "layers is 0");
    assertThat(place).hasMessage("a.bin: at byte 8: layers is 0");
    assertThat(place.problem()).isEqualTo("at byte 8: layers is 0");
    assertThat(place.offset()).hasValue(8);
    assertThat(place.path()).isEqualTo(Path.of("a.bin"));
  }

  @Test void message_controlCharacters_becomeQuestionMarks() {
    assertThat(new CheckpointFormatException(Path.of("a"), "tensor '\u001b[2J\u009b\n' is twice"))
        .hasMessage("a: tensor '?[2J??' is twice");
  }
}
