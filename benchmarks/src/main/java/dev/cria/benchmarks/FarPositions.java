package dev.cria.benchmarks;

import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.checkpoints.SyntheticCheckpoint;
import dev.cria.inference.Batch;
import dev.cria.inference.ForwardPass;
import dev.cria.inference.KernelSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures what a token costs far from the start of its text, as a multiple of the time that reading the weights and the cache takes
 * at the bandwidth of the machine, which is measured in turn with it.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=FarPositions
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=FarPositions
 *     -Dargs="--rounds 9 --threads 2 --shape 288x768x6x6x6x32000x8192 --positions 2048,8000"
 * }</pre>
 *
 * <p>The model has random weights in F32. A round fills a sequence up to each position with prompts and times the 64 tokens that
 * follow; a figure is the median over rounds of the median of these tokens.
 */
public final class FarPositions {

  private static final String SHAPE = "shape";
  private static final String POSITIONS = "positions";
  private static final String THREADS = "threads";
  private static final int WARMUP_ROUNDS = 1;
  private static final int TOKENS = 64;
  private static final int MAX_POSITIONS = 1 << 20;
  private static final long SEED = 15;

  private final CommandArguments arguments;
  private final List<Integer> positions;
  private final ModelConfiguration shape;

  private FarPositions(CommandArguments arguments) {
    this.arguments = arguments;
    this.positions = numbers(POSITIONS, "256,2048,8000");
    this.shape = SyntheticModel.shape(arguments.values(SHAPE, "288x768x6x6x6x32000x8192").getFirst());
    for (int position : positions) {
      if (position > MAX_POSITIONS || position + TOKENS > shape.contextLength()) {
        throw new IllegalArgumentException("--" + POSITIONS + ": " + TOKENS + " tokens from " + position
            + " on do not fit into a context of " + shape.contextLength());
      }
    }
  }

  /** Prints a Markdown table. */
  public static void main(String... args) throws InterruptedException {
    Exit.after("FarPositions", () -> System.out.print(table(args)));
  }

  static String table(String... args) throws IOException, InterruptedException {
    CommandArguments arguments = CommandArguments.parse(List.of(SHAPE, POSITIONS, THREADS), args);
    if (!arguments.others().isEmpty() || !arguments.commands().isEmpty()) {
      throw new IllegalArgumentException("wanted [--rounds N] [--threads N,…] [--positions N,…] [--shape SHAPE]");
    }
    FarPositions far = new FarPositions(arguments);
    MarkdownTable table = new MarkdownTable(
        List.of("threads", "position", "weights and cache, MB", "read, GB/s", "a token, µs", "of that reading"));
    for (int threads : far.numbers(THREADS, defaultThreads())) {
      far.measure(threads, table);
    }
    return table.toString();
  }

  private static String defaultThreads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return processors == 1 ? "1" : "1," + processors;
  }

  private List<Integer> numbers(String option, String otherwise) {
    return arguments.values(option, otherwise).stream().map(text -> CommandArguments.positive("--" + option, text))
        .toList();
  }

  private void measure(int threads, MarkdownTable table) throws IOException, InterruptedException {
    List<Double> bandwidths = new ArrayList<>();
    List<List<Double>> nanos = Stream.generate(() -> (List<Double>) new ArrayList<Double>()).limit(positions.size())
        .toList();
    try (Checkpoint checkpoint = SyntheticCheckpoint.of(shape, true, SEED);
        ForwardPass pass = load(checkpoint, threads)) {
      for (int round = -WARMUP_ROUNDS; round < arguments.rounds(); round++) {
        System.err.println(round < 0 ? "warming up" : "round " + (round + 1) + " of " + arguments.rounds());
        double bandwidth = MachineLimits.of(threads).bytesPerSecond();
        for (int i = 0; i < positions.size(); i++) {
          double token = tokenNanos(pass, positions.get(i));
          if (round >= 0) {
            nanos.get(i).add(token);
          }
        }
        if (round >= 0) {
          bandwidths.add(bandwidth);
        }
      }
    }
    double bandwidth = Medians.of(bandwidths);
    for (int i = 0; i < positions.size(); i++) {
      double token = Medians.of(nanos.get(i));
      double bytes = bytes(positions.get(i));
      table.row(List.of(Integer.toString(threads), Integer.toString(positions.get(i)),
          MarkdownTable.cell("%.0f", bytes / 1e6), MarkdownTable.cell("%.1f", bandwidth / 1e9),
          MarkdownTable.cell("%.0f", token / 1e3), MarkdownTable.cell("%.2f", token / (bytes / bandwidth * 1e9))));
    }
  }

  private ForwardPass load(Checkpoint checkpoint, int threads) throws IOException {
    ClassLoader loader = FarPositions.class.getClassLoader();
    Encoding f32 = Providers.load("encoding", Encoding.class, loader).named(Encoding.F32);
    int most = positions.stream().mapToInt(Integer::intValue).max().orElseThrow() + TOKENS;
    return ForwardPass.load(checkpoint, KernelSelector.of(loader).select(Optional.of("vector")).kernel(), f32,
        new ExecutorOptions(WarmRun.BATCH, most, threads));
  }

  /** The median of the tokens from a position on. */
  private double tokenNanos(ForwardPass pass, int position) {
    Batch batch = new Batch(WarmRun.BATCH);
    FloatMatrix logits = FloatMatrix.allocate(1, shape.vocabSize());
    List<Double> nanos = new ArrayList<>();
    try (SequenceState sequence = pass.newSequence(position + TOKENS)) {
      for (int from = 0; from < position; from += WarmRun.BATCH) {
        batch.clear();
        for (int at = from; at < Math.min(from + WarmRun.BATCH, position); at++) {
          batch.add(sequence, at, at % shape.vocabSize(), false);
        }
        pass.forward(batch, logits);
      }
      for (int at = position; at < position + TOKENS; at++) {
        batch.clear();
        batch.add(sequence, at, at % shape.vocabSize(), true);
        long start = System.nanoTime();
        pass.forward(batch, logits);
        nanos.add((double) (System.nanoTime() - start));
      }
    }
    return Medians.of(nanos);
  }

  /** What a token reads at least: every weight that is multiplied, and the keys and values of all positions before it. */
  private double bytes(int position) {
    double kv = 2.0 * shape.layers() * position * shape.kvDim();
    double attention = 2.0 * shape.dim() * (shape.queryDim() + shape.kvDim());
    double layer = attention + 3.0 * shape.dim() * shape.hiddenDim();
    return Float.BYTES * (kv + (double) shape.vocabSize() * shape.dim() + shape.layers() * layer);
  }
}
