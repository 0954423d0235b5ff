package dev.cria.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.api.checkpoint.ModelConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntheticShapeTest {

  @Test void parse_sevenSizes_keepsTheirOrder() {
    ModelConfiguration shape = SyntheticShape.parse("64x172x5x8x4x512x300");
    assertThat(new int[]{shape.dim(), shape.hiddenDim(), shape.layers(), shape.heads(), shape.kvHeads(),
        shape.vocabSize(), shape.contextLength(), shape.headDim()}).containsExactly(64, 172, 5, 8, 4, 512, 300, 8);
    assertThat(SyntheticShape.format(shape)).isEqualTo("64x172x5x8x4x512x300");
  }

  @ParameterizedTest(name = "''{0}''")
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      ""                     | the shape must be DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT, 7 numbers such as
      32x48x2x4x2x100x64x1   | the shape must be DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT, 7 numbers such as
      32x48xtwox4x2x100x64   | LAYERS must be a whole number from 1 on, got 'two'
      32x48x2x0x2x100x64     | HEADS must be a whole number from 1 on, got '0'
      32x48x2x4x2x9999999999x64 | VOCAB must be a whole number from 1 on, got '9999999999'
      32x48x2x5x5x100x64     | DIM must be a multiple of 2 * HEADS, got 32 and 5
      32x48x2x4x3x100x64     | HEADS must be a multiple of KVHEADS, got 4 and 3
      """) void parse_noShape_saysWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> SyntheticShape.parse(text))
        .withMessageStartingWith(message);
  }
}
