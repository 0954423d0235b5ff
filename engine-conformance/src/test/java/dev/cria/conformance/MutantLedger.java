package dev.cria.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tests each faulty subject must fail, read from a file: its name on a line, then a test a line, indented; and which
 * it did fail, written as a table.
 */
final class MutantLedger {

  private final Map<String, Set<String>> meant = new TreeMap<>();
  private final Map<String, Set<String>> found = new TreeMap<>();

  private MutantLedger() {}

  static MutantLedger read(String resource) {
    MutantLedger ledger = new MutantLedger();
    String subject = "";
    for (String line : text(resource).lines().toList()) {
      if (line.startsWith("  ")) {
        Objects.requireNonNull(ledger.meant.get(subject), line).add(line.strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        subject = line.strip();
        ledger.meant.put(subject, new TreeSet<>());
      }
    }
    return ledger;
  }

  private static String text(String resource) {
    try (InputStream in = MutantLedger.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    return meant.keySet();
  }

  Set<String> meant(String name) {
    return meant.getOrDefault(name, Set.of("a line in the ledger"));
  }

  void found(String name, Set<String> failed) {
    found.put(name, failed);
  }

  /** Writes the table to the build folder and to standard output. */
  void print(String file) throws IOException {
    StringBuilder table = new StringBuilder("| subject | tests that caught it |\n|---|---|\n");
    found.forEach((name, tests) -> table.append("| ").append(name).append(" | ")
        .append(tests.isEmpty() ? "none, as it should be" : String.join("<br>", tests)).append(" |\n"));
    Files.writeString(Files.createDirectories(Path.of("target")).resolve(file), table);
    System.out.println(table);
  }
}
