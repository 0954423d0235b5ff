package dev.cria.benchmarks;

import dev.cria.benchmarks.ExternalCommand.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs commands that generate text in turn, A B A B …, each from a cold start, and prints a Markdown table: the rate that each prints,
 * the time of the whole process, the time to its first byte of output, and its peak memory where Linux tells.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareCommands -Dargs="--rounds 7
 *     --name cria --cmd './cria run m.bin -t 0 -n 256'
 *     --name llama2.c --in ../llama2.c --cmd './run m.bin -t 0 -n 256'"
 * }</pre>
 *
 * <p>A command is words and quotes, no shell ({@link CommandWords}); {@code --name} and {@code --in}, the folder it runs in, stand
 * before it. It must end with exit code 0 and print its speed, as {@code 123 tokens per second} or {@code tok/s: 123}. Figures are
 * medians; a ratio is the median of the rounds' ratios, of the first command to that of the row.
 */
public final class CompareCommands {

  private static final double MIB = 1 << 20;

  private CompareCommands() {}

  /** Runs the commands of the arguments. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("CompareCommands", () -> System.out.print(compare(args)));
  }

  static String compare(String... args) throws IOException, InterruptedException {
    CommandArguments arguments = CommandArguments.parse(List.of(), args);
    List<ExternalCommand> commands = arguments.commands();
    if (commands.isEmpty() || !arguments.others().isEmpty()) {
      throw new IllegalArgumentException(
          "wanted [--rounds N] and for each program [--name NAME] [--in FOLDER] --cmd COMMAND"
              + (arguments.others().isEmpty() ? "" : ", got " + String.join(" ", arguments.others())));
    }
    int rounds = arguments.rounds();
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      for (ExternalCommand command : commands) {
        runs.computeIfAbsent(command.name(), name -> new ArrayList<>()).add(command.run());
      }
    }
    return table(runs) + "\nMedians of " + rounds + " rounds in turn.\n";
  }

  static String table(Map<String, List<Run>> runs) {
    Map.Entry<String, List<Run>> first = runs.entrySet().iterator().next();
    String ratio = first.getKey() + " / it";
    MarkdownTable table = new MarkdownTable(List.of("program", "tokens/s", ratio, "whole process, ms", ratio,
        "first byte, ms", ratio, "peak memory, MiB", ratio));
    runs.forEach((name, of) -> {
      List<String> cells = new ArrayList<>(List.of(name));
      add(cells, "%.0f", first.getValue(), of, Run::rate);
      add(cells, "%.0f", first.getValue(), of, Run::millis);
      add(cells, "%.0f", first.getValue(), of, Run::firstByteMillis);
      add(cells, "%.0f", first.getValue(), of, run -> run.peakBytes() / MIB);
      table.row(cells);
    });
    return table.toString();
  }

  private static void add(List<String> cells, String format, List<Run> first, List<Run> of,
      ToDoubleFunction<Run> figure) {
    List<Double> figures = of.stream().map(figure::applyAsDouble).toList();
    cells.add(MarkdownTable.cell(format, Medians.of(figures)));
    cells
        .add(MarkdownTable.cell("%.2f", Medians.ofRatios(first.stream().map(figure::applyAsDouble).toList(), figures)));
  }
}
