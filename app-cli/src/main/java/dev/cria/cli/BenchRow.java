package dev.cria.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * One result: how fast one test was.
 *
 * @param model what was run
 * @param backend by name
 * @param threads that computed
 * @param test what was timed
 * @param samples tokens per second of each repetition
 */
record BenchRow(BenchModel model, String backend, int threads, BenchTest test, List<Double> samples) {

  /** The fields of a row of JSON or CSV by name, as llama-bench calls them. */
  SequencedMap<String, Object> fields() {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("model_filename", model.source());
    fields.put("model_size", model.bytes());
    fields.put("model_n_params", model.parameters());
    fields.put("backend", backend);
    fields.put("n_threads", threads);
    fields.put("n_prompt", test.prompt());
    fields.put("n_gen", test.generated());
    fields.put("avg_ts", mean());
    fields.put("stddev_ts", deviation());
    fields.put("samples_ts", samples);
    return fields;
  }

  double mean() {
    return samples.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** The standard deviation of a sample: squares are divided by one less than there are. Of a single one, 0. */
  double deviation() {
    if (samples.size() < 2) {
      return 0;
    }
    double mean = mean();
    double squares = samples.stream().mapToDouble(sample -> (sample - mean) * (sample - mean)).sum();
    return Math.sqrt(squares / (samples.size() - 1));
  }

  /** From nanoseconds of each repetition. */
  static BenchRow of(BenchModel model, String backend, int threads, BenchTest test, long[] nanos) {
    return new BenchRow(model, backend, threads, test,
        Arrays.stream(nanos).mapToObj(n -> test.positions() * 1e9 / Math.max(1, n)).toList());
  }
}
