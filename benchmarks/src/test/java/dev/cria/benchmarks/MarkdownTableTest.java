package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownTableTest {

  @Test void toString_rows_areMarkdown() {
    MarkdownTable table = new MarkdownTable(List.of("a", "b"));
    table.row(List.of("1", "2"));
    assertThat(table).hasToString("| a | b |\n|---|---|\n| 1 | 2 |\n");
  }

  @Test void row_wrongNumberOfCells_isRefused() {
    MarkdownTable table = new MarkdownTable(List.of("a", "b"));
    assertThatThrownBy(() -> table.row(List.of("1"))).hasMessage("a row has 2 cells, got 1");
  }

  @Test void cell_number_isFormattedWithAPoint() {
    assertThat(MarkdownTable.cell("%.1f", 1.25)).isEqualTo("1.3");
    assertThat(MarkdownTable.cell("%.1f", Double.NaN)).isEqualTo("—");
  }
}
