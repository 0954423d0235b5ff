package dev.cria.cli;

import java.util.Map;
import java.util.stream.Collectors;

/** An array of objects. */
final class BenchJson implements BenchFormat {

  private String separator = "";

  @Override public String begin(BenchModel model) {
    return "[\n";
  }

  @Override public String row(BenchRow row) {
    String before = separator;
    separator = ",\n";
    return row.fields().entrySet().stream().map(BenchJson::field)
        .collect(Collectors.joining(",\n", before + "  {\n", "\n  }"));
  }

  @Override public String end() {
    return separator.isEmpty() ? "]\n" : "\n]\n";
  }

  private static String field(Map.Entry<String, Object> field) {
    String value = field.getValue() instanceof String text ? Json.quoted(text) : BenchFormat.numbers(field.getValue());
    return "    " + Json.quoted(field.getKey()) + ": " + value;
  }
}
