package dev.cria.benchmarks;

import java.util.ArrayList;
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
 * Times every kernel operation on both backends, and prints a Markdown table of the ratios.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareKernels                         # all: about 20 minutes
 * ./mvnw -q -Dquick package -pl benchmarks -am -Dmain=CompareKernels -Dargs=RowBenchmark     # those that match
 * }</pre>
 *
 * <p>A figure is the median over the iterations of two JVMs, which take turns with those of the other backend.
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
  public static void main(String... include) throws RunnerException {
    Map<String, Map<String, List<Double>>> nanos = new LinkedHashMap<>();
    for (int fork = 0; fork < FORKS; fork++) {
      for (RunResult result : new Runner(options(include)).run()) {
        BenchmarkParams params = result.getParams();
        nanos.computeIfAbsent(operation(params), operation -> new TreeMap<>())
            .computeIfAbsent(params.getParam(BACKEND), backend -> new ArrayList<>())
            .add(result.getPrimaryResult().getStatistics().getPercentile(50));
      }
    }
    System.out.println(table(nanos));
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
  private static String operation(BenchmarkParams params) {
    String name = params.getBenchmark();
    StringBuilder operation = new StringBuilder(name.substring(name.lastIndexOf('.') + 1));
    for (String key : params.getParamsKeys()) {
      if (!key.equals(BACKEND)) {
        operation.append(' ').append(key).append('=').append(params.getParam(key).toLowerCase(Locale.ROOT));
      }
    }
    return operation.toString();
  }

  private static String table(Map<String, Map<String, List<Double>>> nanos) {
    StringBuilder table = new StringBuilder("| operation | scalar, µs | vector, µs | scalar / vector |%n".formatted());
    table.append("|---|---|---|---|%n".formatted());
    nanos.forEach((operation, times) -> {
      double scalar = median(times.getOrDefault(BASELINE, List.of()));
      double vector = median(times.getOrDefault(CANDIDATE, List.of()));
      table.append(String.format(
          Locale.ROOT, "| %s | %.2f | %.2f | %.1f |%n", operation, scalar / 1e3, vector / 1e3, scalar / vector));
    });
    return table.toString();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
