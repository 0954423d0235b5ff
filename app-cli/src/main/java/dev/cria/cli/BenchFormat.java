package dev.cria.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How results are written, a row at a time. */
interface BenchFormat {

  /** What stands before the rows. */
  String begin(BenchModel model);

  /** One row. */
  String row(BenchRow row);

  /** What stands after the rows. */
  String end();

  /**
   * The format of that name.
   *
   * @throws UsageException if there is none
   */
  static BenchFormat of(String name) {
    return switch (name) {
      case "md" -> new BenchMarkdown();
      case "json" -> new BenchJson();
      case "csv" -> new BenchCsv();
      default -> throw new UsageException("The format (-o) must be md, json or csv, got '" + name + "'.");
    };
  }

  /** A number, or several as an array, as JSON has them. */
  static String numbers(Object value) {
    return switch (value) {
      case Double number -> String.format(Locale.ROOT, "%.6f", number);
      case List<?> list -> list.stream().map(BenchFormat::numbers).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }
}
