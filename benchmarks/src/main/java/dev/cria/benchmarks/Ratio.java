package dev.cria.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cria's speed over a peer's in the same run.
 *
 * @param what what was measured
 * @param peer the other program
 * @param value more than 1 where Cria is faster
 */
record Ratio(String what, String peer, double value) {

  private static final String HEADER = "what,peer,ratio";

  /** Reads a file of the lines {@code what,peer,ratio}, the first of which says so; no quotes, no commas in fields. */
  static List<Ratio> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IOException(file + ": the first line must be '" + HEADER + "', got "
          + (lines.isEmpty() ? "an empty file" : "'" + lines.getFirst() + "'"));
    }
    List<Ratio> ratios = new ArrayList<>();
    for (int number = 2; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (!line.isBlank()) {
        ratios.add(parse(file + ", line " + number, line));
      }
    }
    if (ratios.isEmpty()) {
      throw new IOException(file + ": no ratios below the first line");
    }
    return ratios;
  }

  private static Ratio parse(String where, String line) throws IOException {
    String[] fields = line.split(",", -1);
    if (fields.length != 3) {
      throw new IOException(where + ": wanted three fields, " + HEADER + ", got '" + line + "'");
    }
    double value;
    try {
      value = Double.parseDouble(fields[2].strip());
    } catch (NumberFormatException e) {
      throw new IOException(where + ": the ratio must be a number, got '" + fields[2] + "'", e);
    }
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IOException(where + ": the ratio must be positive and finite, got " + value);
    }
    return new Ratio(fields[0].strip(), fields[1].strip(), value);
  }
}
