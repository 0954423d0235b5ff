package dev.cria.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of text whose lines fit a terminal: the last column is broken between words, or moved below, where it must be. */
final class Table {

  private static final String GAP = "  ";

  private final int width;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table for lines of that many characters. */
  Table(int width) {
    this.width = width;
  }

  /** Adds a row; all have as many cells as the first. */
  void row(String... cells) {
    rows.add(Stream.of(cells).map(Terminal::printable).toList());
  }

  /** Adds a remark on the row above. */
  void remark(String text) {
    rows.add(List.of(Terminal.printable(text)));
  }

  String render() {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
    int[] widths = IntStream.range(0, columns).map(this::columnWidth).toArray();
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      if (row.size() < columns) {
        out.append(paragraph("    ", row.getFirst(), width));
        continue;
      }
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        line.append(String.format("%-" + widths[i] + "s", row.get(i))).append(GAP);
      }
      if (line.length() + row.getLast().length() <= width) {
        out.append((line + row.getLast()).stripTrailing()).append('\n');
      } else {
        out.append(line.toString().stripTrailing()).append('\n').append(paragraph("    ", row.getLast(), width));
      }
    }
    return out.toString();
  }

  private int columnWidth(int column) {
    return Math.max(1, rows.stream().filter(row -> row.size() > column && row.size() > 1)
        .mapToInt(row -> row.get(column).length()).max().orElse(1));
  }

  /** Text in lines of at most that width, broken between words. */
  static String paragraph(String indent, String text, int width) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > width) {
        out.append(line).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    return out.append(line).append('\n').toString();
  }
}
