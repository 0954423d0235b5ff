package dev.cria.benchmarks;

import java.util.List;
import java.util.Locale;

/** A table to paste into RESULTS.md. */
final class MarkdownTable {

  private static final String NOTHING = "—";

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  /** A table of those columns and no rows. */
  MarkdownTable(List<String> header) {
    columns = header.size();
    row(header);
    text.append("|---".repeat(columns)).append("|\n");
  }

  /** Adds a row with a cell for each column. */
  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException("a row has " + columns + " cells, got " + cells.size());
    }
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A number as a cell, or a dash for NaN: not measured. */
  static String cell(String format, double value) {
    return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, format, value);
  }

  @Override public String toString() {
    return text.toString();
  }
}
