package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What {@code cria bench} is to measure: every test on every backend with every number of threads.
 *
 * @param prompts lengths of prompts, or empty for the default; 0 is no test
 * @param generations lengths of generations, likewise
 * @param backends by name, or empty for the best
 * @param threads each at least 1
 * @param repetitions at least 1
 */
record BenchRequest(Optional<List<Integer>> prompts, Optional<List<Integer>> generations,
    List<Optional<String>> backends, List<Integer> threads, int repetitions) {

  static final int PROMPT = 512;
  static final int GENERATED = 128;

  BenchRequest {
    if (Stream.of(prompts, generations).allMatch(given -> given.isPresent() && isNothing(given.get()))) {
      throw new UsageException("-p and -n are both 0, so there is nothing to measure; give one of them at least 1.");
    }
  }

  private static boolean isNothing(List<Integer> lengths) {
    return lengths.stream().allMatch(length -> length == 0);
  }

  /**
   * The tests, prompts first. A default is as much of it as the model's context holds.
   *
   * @throws UsageException if a length that was asked for is more than that
   * @throws CheckpointFormatException if the model cannot be run
   */
  List<BenchTest> tests(Checkpoint checkpoint) throws CheckpointFormatException {
    return Stream.concat(
        tests("-p", prompts, PROMPT, length -> new BenchTest(length, 0), checkpoint),
        tests("-n", generations, GENERATED, length -> new BenchTest(0, length), checkpoint)).toList();
  }

  private static Stream<BenchTest> tests(String option, Optional<List<Integer>> lengths, int standard,
      IntFunction<BenchTest> test, Checkpoint checkpoint) throws CheckpointFormatException {
    int context = checkpoint.configuration().contextLength();
    for (int length : lengths.orElse(List.of())) {
      if (length > context) {
        throw new UsageException(option + " must be in [0, " + context + "], as many as the context of "
            + checkpoint.source() + " holds, got '" + length + "'.");
      }
    }
    return lengths.orElse(List.of(Math.min(standard, context))).stream().filter(length -> length > 0)
        .map(test::apply);
  }
}
