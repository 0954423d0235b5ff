package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class FarPositionsTest {

  private static final String SMALL = "16x32x1x2x2x64x256";

  @Test void table_smallModel_hasARowForEachPosition() throws Exception {
    String table = FarPositions.table("--rounds", "1", "--threads", "1", "--shape", SMALL, "--positions", "3,130");
    assertThat(table.lines().skip(2)).satisfiesExactly(
        near -> assertThat(near).matches("\\| 1 \\| 3 \\| 0 \\| \\d+\\.\\d \\| \\d+ \\| \\d+\\.\\d\\d \\|"),
        far -> assertThat(far).matches("\\| 1 \\| 130 \\| 0 \\| \\d+\\.\\d \\| \\d+ \\| \\d+\\.\\d\\d \\|"));
  }

  @Test void table_positionBeyondTheContext_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FarPositions.table("--shape", SMALL, "--positions", "193"))
        .withMessage("--positions: 64 tokens from 193 on do not fit into a context of 256");
  }

  @Test void table_unknownArgument_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FarPositions.table("model.bin"))
        .withMessageStartingWith("wanted [--rounds N]");
  }
}
