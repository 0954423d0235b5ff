package dev.cria.cli;

import java.util.Collection;
import java.util.stream.Collectors;

/** Comma-separated values after a line of names, all in quotes, as llama-bench writes them; the samples as a JSON array. */
final class BenchCsv implements BenchFormat {

  private boolean named;

  @Override public String begin(BenchModel model) {
    return "";
  }

  @Override public String row(BenchRow row) {
    String names = named ? "" : line(row.fields().keySet());
    named = true;
    return names + line(row.fields().values());
  }

  @Override public String end() {
    return "";
  }

  private static String line(Collection<?> values) {
    return values.stream().map(value -> '"' + BenchFormat.numbers(value).replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(",", "", "\n"));
  }
}
