package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Progress progress(boolean shown, int columns) {
    return new Progress(new PrintStream(bytes, true, UTF_8), shown, columns);
  }

  private String written() {
    String text = bytes.toString(UTF_8);
    bytes.reset();
    return text;
  }

  @Test void show_onATerminal_writesOneLineAgainAndAgainAndTakesItBack() {
    Progress progress = progress(true, 40);
    progress.show(0, 8, "pp512, vector");
    assertThat(written()).isEqualTo("\r[----------] pp512, vector");
    progress.show(7, 8, "tg1");
    assertThat(written()).as("what was longer is written over").isEqualTo("\r[########--] tg1" + " ".repeat(10));
    progress.clear();
    assertThat(written()).isEqualTo("\r" + " ".repeat(16) + "\r");
    progress.clear();
    assertThat(written()).as("nothing is left to take back").isEmpty();
  }

  @Test void show_narrowTerminal_staysInItsLine() {
    for (int columns : new int[]{1, 2, 12, 20, 40}) {
      progress(true, columns).show(1, 2, "pp512, a-backend-with-a-long-name, 2 threads");
      assertThat(written().substring(1)).as("%d columns", columns).hasSize(columns - 1);
    }
  }

  @Test void show_noTerminal_writesNothing() {
    Progress progress = progress(false, 80);
    progress.show(1, 2, "pp512");
    progress.clear();
    assertThat(written()).isEmpty();
  }
}
