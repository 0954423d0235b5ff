package dev.cria.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {

  @Test void table_columns_areAsWideAsTheirWidestCell() {
    Table table = new Table(40);
    table.row("a", "long", "x");
    table.row("bbb", "c", "y");
    assertThat(table.render()).isEqualTo("a    long  x\nbbb  c     y\n");
  }

  @Test void table_lastCellThatDoesNotFit_movesBelowAndIsBroken() {
    Table table = new Table(20);
    table.row("name", "twelve letters and more than that");
    table.remark("a remark of several words");
    assertThat(table.render()).isEqualTo("""
        name
            twelve letters
            and more than
            that
            a remark of
            several words
        """);
  }

  @Test void table_controlCharacters_doNotReachTheTerminal() {
    Table table = new Table(40);
    table.row("\u001b[31mred", "\u009b2J");
    table.remark("bell\u0007");
    assertThat(table.render()).isEqualTo("?[31mred  ?2J\n    bell?\n");
  }

  @Test void byteSize_anyMagnitude_isShortAndDecimal() {
    assertThat(ByteSize.of(0)).isEqualTo("0 bytes");
    assertThat(ByteSize.of(999)).isEqualTo("999 bytes");
    assertThat(ByteSize.of(1_056_540)).isEqualTo("1.1 MB");
    assertThat(ByteSize.of(999_999)).isEqualTo("1.0 MB");
    assertThat(ByteSize.of(26_954_711_068L)).isEqualTo("27 GB");
    assertThat(ByteSize.of(Long.MAX_VALUE)).isEqualTo("9.2 EB");
  }
}
