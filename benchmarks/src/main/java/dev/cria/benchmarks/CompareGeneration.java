package dev.cria.benchmarks;

import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.kernel.Encoding;
import dev.cria.checkpoints.CheckpointFiles;
import dev.cria.inference.ForwardPass;
import dev.cria.inference.KernelSelector;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Times warm forward passes of models, on each backend with each number of threads, in turn with other programs that run once a
 * round; prints a Markdown table for each model.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareGeneration -Dargs=synthetic15M.bin
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareGeneration -Dargs="--backend vector --threads 1,2
 *     --name llama2.c --in ../llama2.c --cmd './run {model} -t 0 -n 256' synthetic15M.bin"
 * }</pre>
 *
 * <p>In a round each pass runs prompts of 128 and 512 tokens in batches of 64, if the context has room, and generates 256 tokens or
 * as many as it has room for. Other programs are given as to {@link CompareCommands}, <code>{model}</code> being the file. Figures
 * are medians in tokens per second once everything is compiled; a ratio is the median of the rounds' ratios of generation, of the
 * row to the program that the column names, or to the first row if there is no other program.
 */
public final class CompareGeneration {

  private static final String BACKEND = "backend";
  private static final String THREADS = "threads";
  private static final String MODEL = "{model}";
  private static final List<Integer> PROMPTS = List.of(128, 512);
  private static final int GENERATED = 256;
  private static final long TURN_NANOS = 50_000_000L; // not timed, in each turn: the first prompt after another's turn takes three times as long
  private static final int WARMUP_ROUNDS = 3;
  private static final long WARMUP_NANOS = 1_000_000_000L; // of prompts, in each of these rounds: one takes a few milliseconds

  private final ClassLoader loader = CompareGeneration.class.getClassLoader();
  private final KernelSelector kernels = KernelSelector.of(loader);
  private final CommandArguments arguments;
  private final int rounds;
  private final List<String> backends;
  private final List<Integer> threads;

  private CompareGeneration(CommandArguments arguments) {
    this.arguments = arguments;
    rounds = arguments.rounds();
    backends = arguments.values(BACKEND, "scalar,vector");
    threads = arguments.values(THREADS, "1").stream().map(text -> CommandArguments.positive("--" + THREADS, text))
        .toList();
  }

  /** Times the models of the arguments. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("CompareGeneration", () -> compare(System.out, args));
  }

  /** Prints the tables, each as soon as it is known. */
  static void compare(PrintStream out, String... args) throws IOException, InterruptedException {
    CommandArguments arguments = CommandArguments.parse(List.of(BACKEND, THREADS), args);
    if (arguments.others().isEmpty()) {
      throw new IllegalArgumentException("wanted [--rounds N] [--backend NAME,…] [--threads N,…] "
          + "{[--name NAME] [--in FOLDER] --cmd COMMAND}… MODEL…, got no model");
    }
    CompareGeneration comparison = new CompareGeneration(arguments);
    for (String model : arguments.others()) {
      out.println(comparison.table(model));
    }
  }

  private String table(String model) throws IOException, InterruptedException {
    try (Checkpoint checkpoint = CheckpointFiles.load(loader).open(Path.of(model))) {
      int context = checkpoint.configuration().contextLength();
      List<Integer> prompts = PROMPTS.stream().filter(tokens -> tokens <= context).toList();
      GenerationTable table = new GenerationTable(model, prompts, Math.min(GENERATED, context), rounds);
      List<WarmRun> runs = new ArrayList<>();
      try {
        for (String backend : backends) {
          for (int count : threads) {
            runs.add(load(checkpoint, backend, count));
            table.addPass(backend, count);
          }
        }
        measure(table, runs, commands(model));
      } finally {
        runs.forEach(WarmRun::close);
      }
      return table.toString();
    }
  }

  private WarmRun load(Checkpoint checkpoint, String backend, int threads) throws IOException {
    Encoding f32 = Providers.load("encoding", Encoding.class, loader).named(Encoding.F32);
    int most = Math.max(GENERATED, PROMPTS.getLast());
    ExecutorOptions options = new ExecutorOptions(
        WarmRun.BATCH, Math.min(most, checkpoint.configuration().contextLength()), threads);
    return new WarmRun(
        ForwardPass.load(checkpoint, kernels.select(Optional.of(backend)).kernel(), f32, options));
  }

  private List<ExternalCommand> commands(String model) {
    return arguments.commands().stream().map(command -> new ExternalCommand(command.name(),
        command.words().stream().map(word -> word.replace(MODEL, model)).toList(), command.folder())).toList();
  }

  private void measure(GenerationTable table, List<WarmRun> runs, List<ExternalCommand> commands)
      throws IOException, InterruptedException {
    for (int round = -WARMUP_ROUNDS; round < rounds; round++) {
      System.err.println(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
      for (int pass = 0; pass < runs.size(); pass++) {
        WarmRun run = runs.get(pass);
        run.warmUp(table.prompts(), round < 0 ? WARMUP_NANOS : TURN_NANOS);
        List<Double> prompts = table.prompts().stream().map(run::prompt).toList();
        double generation = run.generate(table.generated());
        if (round >= 0) {
          table.addRound(pass, prompts, generation);
        }
      }
      if (round >= 0) {
        for (ExternalCommand command : commands) {
          table.addRound(command.name(), command.run().rate());
        }
      }
    }
  }
}
