package dev.cria.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Times every kernel operation on both backends, and prints a Markdown table: the ratios, and the share of what bounds the
 * operation that the vector kernel reaches.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareKernels                         # all: about 20 minutes
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareKernels -Dargs=RowBenchmark     # those that match
 * }</pre>
 *
 * <p>A figure is the median over the iterations of two JVMs, which take turns with those of the other backend. The limits are
 * those of one thread, measured in the same run ({@link MachineLimits}): an operation is bound by whichever of its bytes and its
 * arithmetic would take longer at these limits. More than 100 % of a bandwidth means that the caches gave the bytes, not memory.
 */
public final class CompareKernels {

  private static final String BACKEND = "backend";
  private static final String BASELINE = "scalar";
  private static final String CANDIDATE = "vector";
  private static final int FORKS = 2;
  private static final int WARMUP_ITERATIONS = 10;
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION = TimeValue.milliseconds(300);

  private CompareKernels() {}

  /** Runs the benchmarks whose names match one of the given regular expressions, or all. */
  public static void main(String... include) throws InterruptedException {
    Exit.after("CompareKernels", () -> run(include));
  }

  private static void run(String... include) throws IOException, InterruptedException {
    Map<String, Operation> operations = new LinkedHashMap<>();
    Limits limits = MachineLimits.of(1);
    for (int fork = 0; fork < FORKS; fork++) {
      for (RunResult result : results(include)) {
        BenchmarkParams params = result.getParams();
        operations
            .computeIfAbsent(name(params), name -> new Operation(Work.of(params.getBenchmark(), params::getParam)))
            .add(params.getParam(BACKEND), result.getPrimaryResult().getStatistics().getPercentile(50));
      }
      limits = limits.orBetter(MachineLimits.of(1));
    }
    System.out.println(MachineLimits.table(List.of(limits)));
    System.out.println(table(operations, limits));
  }

  private static Collection<RunResult> results(String... include) throws IOException {
    try {
      return new Runner(options(include)).run();
    } catch (RunnerException e) {
      throw new IOException("JMH: " + e.getMessage(), e);
    }
  }

  private static Options options(String... include) {
    OptionsBuilder options = new OptionsBuilder();
    for (String regex : include) {
      options.include(regex);
    }
    return options.mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS).forks(1)
        .warmupIterations(WARMUP_ITERATIONS).warmupTime(ITERATION)
        .measurementIterations(ITERATIONS).measurementTime(ITERATION)
        .shouldFailOnError(true).build();
  }

  /** The benchmark and its parameters but the backend. */
  private static String name(BenchmarkParams params) {
    String name = params.getBenchmark();
    StringBuilder text = new StringBuilder(name.substring(name.lastIndexOf('.') + 1));
    for (String key : params.getParamsKeys()) {
      if (!key.equals(BACKEND)) {
        text.append(' ').append(key).append('=').append(params.getParam(key).toLowerCase(Locale.ROOT));
      }
    }
    return text.toString();
  }

  static String table(Map<String, Operation> operations, Limits limits) {
    MarkdownTable table = new MarkdownTable(List.of("operation", BASELINE + ", µs", CANDIDATE + ", µs",
        BASELINE + " / " + CANDIDATE, CANDIDATE + " reaches", "of the limit"));
    operations.forEach((name, operation) -> {
      double baseline = operation.nanos(BASELINE);
      double candidate = operation.nanos(CANDIDATE);
      table.row(List.of(name, MarkdownTable.cell("%.2f", baseline / 1e3), MarkdownTable.cell("%.2f", candidate / 1e3),
          MarkdownTable.cell("%.1f", baseline / candidate), operation.work().reached(candidate, limits),
          MarkdownTable.cell("%.0f %%", 100 * operation.work().share(candidate, limits))));
    });
    return table.toString();
  }

  /** The measured times of one operation, by backend. */
  record Operation(Work work, Map<String, List<Double>> nanosByBackend) {

    Operation(Work work) {
      this(work, new TreeMap<>());
    }

    void add(String backend, double nanos) {
      nanosByBackend.computeIfAbsent(backend, any -> new ArrayList<>()).add(nanos);
    }

    /** The median, NaN if the backend was not measured or did nothing: no work takes less than a nanosecond. */
    double nanos(String backend) {
      double median = Medians.of(nanosByBackend.getOrDefault(backend, List.of()));
      return median < 1 ? Double.NaN : median;
    }
  }
}
