package dev.cria.benchmarks;

import dev.cria.api.Providers;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.checkpoints.CheckpointFiles;
import dev.cria.inference.Batch;
import dev.cria.inference.ForwardPass;
import dev.cria.inference.KernelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times whole forward passes of a checkpoint on both backends in turn, and prints a Markdown row for each: a prompt of 128
 * tokens in batches of 64, and 128 tokens that follow one by one, the most likely each time.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareGeneration -Dargs="synthetic15M.bin 1"
 * }</pre>
 *
 * <p>The arguments are a checkpoint with at least 256 positions and the number of threads. Figures are medians, in tokens per
 * second, once everything is compiled.
 */
public final class CompareGeneration {

  private static final List<String> BACKENDS = List.of("scalar", "vector");
  private static final int PROMPT = 128;
  private static final int GENERATED = 128;
  private static final int BATCH = 64;
  private static final int WARMUP_ROUNDS = 3;
  private static final int ROUNDS = 7;
  private static final int FIRST_TOKEN = 1;

  private final ForwardPass pass;
  private final Batch batch = new Batch(BATCH);
  private final FloatMatrix logits;
  private final double[] promptRates = new double[ROUNDS];
  private final double[] generationRates = new double[ROUNDS];

  private CompareGeneration(ForwardPass pass) {
    this.pass = pass;
    this.logits = FloatMatrix.allocate(1, pass.configuration().vocabSize());
  }

  /** Times the checkpoint named first with the number of threads named second. */
  public static void main(String... args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "CompareGeneration takes a checkpoint and a number of threads, got " + args.length + " arguments");
    }
    int threads = Integer.parseInt(args[1]);
    ClassLoader loader = CompareGeneration.class.getClassLoader();
    ExecutorOptions options = new ExecutorOptions(BATCH, PROMPT + GENERATED, threads);
    Encoding f32 = Providers.load("encoding", Encoding.class, loader).named(Encoding.F32);
    KernelSelector kernels = KernelSelector.of(loader);
    try (Checkpoint checkpoint = CheckpointFiles.load(loader).open(Path.of(args[0]));
        ForwardPass scalar = ForwardPass.load(checkpoint, kernels.select(Optional.of(BACKENDS.get(0))).kernel(), f32,
            options);
        ForwardPass vector = ForwardPass.load(checkpoint, kernels.select(Optional.of(BACKENDS.get(1))).kernel(), f32,
            options)) {
      print(threads, new CompareGeneration(scalar), new CompareGeneration(vector));
    }
  }

  private static void print(int threads, CompareGeneration... runs) {
    for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
      for (CompareGeneration run : runs) {
        run.measure(Math.max(round, 0)); // a round of warm-up is overwritten
      }
    }
    System.out.println("| backend | threads | prompt of 128, tokens/s | generation of 128, tokens/s |");
    System.out.println("|---|---|---|---|");
    for (int b = 0; b < runs.length; b++) {
      System.out.printf(Locale.ROOT, "| %s | %d | %.0f | %.0f |%n", BACKENDS.get(b), threads,
          median(runs[b].promptRates), median(runs[b].generationRates));
    }
  }

  private void measure(int round) {
    try (SequenceState sequence = pass.newSequence(PROMPT + GENERATED)) {
      long start = System.nanoTime();
      for (int from = 0; from < PROMPT; from += BATCH) {
        batch.clear();
        for (int position = from; position < from + BATCH; position++) {
          batch.add(sequence, position, FIRST_TOKEN + position, position == PROMPT - 1);
        }
        pass.forward(batch, logits);
      }
      long prompted = System.nanoTime();
      for (int position = PROMPT; position < PROMPT + GENERATED; position++) {
        int token = mostLikely();
        batch.clear();
        batch.add(sequence, position, token, true);
        pass.forward(batch, logits);
      }
      promptRates[round] = PROMPT * 1e9 / (prompted - start);
      generationRates[round] = GENERATED * 1e9 / (System.nanoTime() - prompted);
    }
  }

  private int mostLikely() {
    float[] values = logits.data();
    int best = 0;
    for (int token = 1; token < values.length; token++) {
      if (values[token] > values[best]) {
        best = token;
      }
    }
    return best;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
