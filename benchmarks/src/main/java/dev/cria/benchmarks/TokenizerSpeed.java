package dev.cria.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.checkpoints.VocabularyFiles;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Times how fast tokenizers encode a megabyte: of plain text, and of what is hard on them; prints a Markdown table.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=TokenizerSpeed -Dargs="--text train.txt tokenizer.bin tokenizer.json"
 * }</pre>
 *
 * <p>Figures are medians in megabytes of UTF-8 per second, each text encoded as a whole by one thread, once everything is compiled;
 * the last two columns are the times, in milliseconds, to read the file and to make the tokenizer of it, once, where the first
 * file's have to load the classes, too.
 */
public final class TokenizerSpeed {

  private static final String TEXT = "text";
  private static final int BYTES = 1 << 20;
  private static final int WARMUP_ROUNDS = 5;
  private static final int FIRST_EMOJI = 0x1F300;
  private static final int EMOJI = 0x300;
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private TokenizerSpeed() {}

  /** Times the tokenizers of the arguments. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("TokenizerSpeed", () -> measure(System.out, args));
  }

  /** Prints the table. */
  static void measure(PrintStream out, String... args) throws IOException {
    CommandArguments arguments = CommandArguments.parse(List.of(TEXT), args);
    String text = arguments.values(TEXT, "").getFirst();
    if (text.isEmpty() || arguments.others().isEmpty()) {
      throw new IllegalArgumentException("wanted [--rounds N] --text FILE TOKENIZER…, got "
          + (text.isEmpty() ? "no --text" : "no tokenizer"));
    }
    Map<String, String> texts = texts(Files.readString(Path.of(text)));
    List<String> header = new ArrayList<>(List.of("MB/s"));
    header.addAll(texts.keySet());
    header.addAll(List.of("read, ms", "make, ms"));
    MarkdownTable table = new MarkdownTable(header);
    for (String file : arguments.others()) {
      table.row(row(Path.of(file), texts, arguments.rounds()));
    }
    out.print(table);
  }

  /** A megabyte of each kind, or as much as there is of the plain text. */
  static Map<String, String> texts(String plain) {
    Random random = new Random(20_261_124L);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("plain text", plain.substring(0, Math.min(BYTES, plain.length())));
    texts.put("one letter", "a".repeat(BYTES));
    texts.put("spaces", " ".repeat(BYTES));
    StringBuilder emoji = new StringBuilder();
    for (int i = 0; i < BYTES / 4; i++) {
      emoji.appendCodePoint(FIRST_EMOJI + random.nextInt(EMOJI));
    }
    texts.put("emoji", emoji.toString());
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    texts.put("random bytes", new String(bytes, UTF_8)); // what is no UTF-8 becomes U+FFFD
    return texts;
  }

  private static List<String> row(Path file, Map<String, String> texts, int rounds) throws IOException {
    long start = System.nanoTime();
    var vocabulary = VocabularyFiles.read(file);
    long read = System.nanoTime();
    Tokenizer tokenizer = Tokenizer.of(vocabulary);
    long made = System.nanoTime();
    List<String> cells = new ArrayList<>(List.of(String.valueOf(file.getFileName())));
    for (String text : texts.values()) {
      cells.add(MarkdownTable.cell("%.1f", megabytesPerSecond(tokenizer, text, rounds)));
    }
    cells.add(MarkdownTable.cell("%.0f", (read - start) / NANOS_PER_MILLISECOND));
    cells.add(MarkdownTable.cell("%.0f", (made - read) / NANOS_PER_MILLISECOND));
    return cells;
  }

  private static double megabytesPerSecond(Tokenizer tokenizer, String text, int rounds) {
    double bytes = text.getBytes(UTF_8).length;
    List<Double> rates = new ArrayList<>();
    int tokens = 0;
    for (int round = -WARMUP_ROUNDS; round < rounds; round++) {
      long start = System.nanoTime();
      tokens += tokenizer.encode(text, EncodeOptions.TEXT).length;
      if (round >= 0) {
        rates.add(bytes * 1e3 / (System.nanoTime() - start));
      }
    }
    if (tokens == 0) {
      throw new IllegalStateException("no tokens: nothing was measured");
    }
    return Medians.of(rates);
  }
}
