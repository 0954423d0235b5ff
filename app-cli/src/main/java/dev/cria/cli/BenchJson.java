package dev.cria.cli;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An array of objects. */
final class BenchJson implements BenchFormat {

  private static final int FIRST_PRINTABLE = 0x20;

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
    String value = field.getValue() instanceof String text ? quoted(text) : BenchFormat.numbers(field.getValue());
    return "    " + quoted(field.getKey()) + ": " + value;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
