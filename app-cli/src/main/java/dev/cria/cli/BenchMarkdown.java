package dev.cria.cli;

import java.util.Locale;

/** A table as llama-bench prints it. */
final class BenchMarkdown implements BenchFormat {

  private String line = "";

  @Override public String begin(BenchModel model) {
    int width = Math.max("model".length(), model.label().length());
    line = "| %-" + width + "s | %10s | %10s | %-10s | %7s | %8s | %20s |\n";
    return format("model", "size", "params", "backend", "threads", "test", "t/s") + format("-".repeat(width),
        "---------:", "---------:", "----------", "------:", "-------:", "-------------------:");
  }

  @Override public String row(BenchRow row) {
    return format(row.model().label(), ByteSize.of(row.model().bytes()), parameters(row.model().parameters()),
        row.backend(), row.threads(), row.test().name(),
        String.format(Locale.ROOT, "%.2f ± %.2f", row.mean(), row.deviation()));
  }

  @Override public String end() {
    return "";
  }

  private String format(Object... cells) {
    return String.format(Locale.ROOT, line, cells);
  }

  private static String parameters(long count) {
    return count < 1_000_000_000
        ? String.format(Locale.ROOT, "%.2f M", count / 1e6)
        : String.format(Locale.ROOT, "%.2f B", count / 1e9);
  }
}
