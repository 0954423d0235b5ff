package dev.cria.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rates that {@link CompareGeneration} measured of one model, in tokens per second, and the table of their medians. */
final class GenerationTable {

  private record Rates(String name, String threads, List<List<Double>> prompts, List<Double> generation) {

    static Rates of(String name, String threads, int prompts) {
      List<List<Double>> ofPrompts = new ArrayList<>();
      for (int prompt = 0; prompt < prompts; prompt++) {
        ofPrompts.add(new ArrayList<>());
      }
      return new Rates(name, threads, ofPrompts, new ArrayList<>());
    }
  }

  private final String model;
  private final List<Integer> prompts;
  private final int generated;
  private final int rounds;
  private final List<Rates> passes = new ArrayList<>();
  private final Map<String, Rates> commands = new LinkedHashMap<>();

  /** A table of no rows; prompts and generation have so many tokens. */
  GenerationTable(String model, List<Integer> prompts, int generated, int rounds) {
    this.model = model;
    this.prompts = prompts;
    this.generated = generated;
    this.rounds = rounds;
  }

  /** Tokens of each prompt. */
  List<Integer> prompts() {
    return prompts;
  }

  /** Tokens to generate. */
  int generated() {
    return generated;
  }

  /** Adds a row for a backend with so many threads. */
  void addPass(String backend, int threads) {
    passes.add(Rates.of("Cria, " + backend, Integer.toString(threads), prompts.size()));
  }

  /** Adds what a pass reached in one round. */
  void addRound(int pass, List<Double> promptRates, double generationRate) {
    Rates rates = passes.get(pass);
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      rates.prompts.get(prompt).add(promptRates.get(prompt));
    }
    rates.generation.add(generationRate);
  }

  /** Adds what another program printed in one round. */
  void addRound(String command, double generationRate) {
    commands.computeIfAbsent(command, name -> Rates.of(name, "", prompts.size())).generation.add(generationRate);
  }

  @Override public String toString() {
    List<Rates> rows = new ArrayList<>(passes);
    rows.addAll(commands.values());
    List<Rates> baselines = commands.isEmpty() ? passes.subList(0, 1) : List.copyOf(commands.values());
    List<String> header = new ArrayList<>(List.of("program", "threads"));
    prompts.forEach(tokens -> header.add("prompt of " + tokens + ", tokens/s"));
    header.add(generated + " tokens, tokens/s");
    baselines.forEach(baseline -> header.add("it / " + (baseline.name + " " + baseline.threads).strip()));
    MarkdownTable table = new MarkdownTable(header);
    for (Rates row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.name, row.threads));
      row.prompts.forEach(rates -> cells.add(MarkdownTable.cell("%.0f", Medians.of(rates))));
      cells.add(MarkdownTable.cell("%.0f", Medians.of(row.generation)));
      baselines.forEach(
          baseline -> cells.add(MarkdownTable.cell("%.2f", Medians.ofRatios(row.generation, baseline.generation))));
      table.row(cells);
    }
    return model + ", medians of " + rounds + " rounds in turn:\n\n" + table;
  }
}
