package dev.cria.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say what is measured, and on what. Several values of one are separated by commas. */
@Command(optionListHeading = "%nWhat is measured (LIST is one value or several, separated by commas):%n")
final class BenchFlags {

  private static final int REPETITIONS = 5;
  private static final int MOST_REPETITIONS = 100_000;

  @Option(names = {"-p", "--n-prompt"}, paramLabel = "LIST", description = {
      "Tokens of the prompt; 0 leaves this test out. Default: 512, or as many as the context holds."}) private @Nullable String prompts;

  @Option(names = {"-n", "--n-gen"}, paramLabel = "LIST", description = {
      "Tokens to generate; 0 leaves this test out. Default: 128, or as many as the context holds."}) private @Nullable String generations;

  @Option(names = {"-b", "--backend"}, paramLabel = "LIST", description = {
      "Backends; 'cria backends' lists them. Default: the best that can run here."}) private @Nullable String backends;

  @Option(names = {"-t", "--threads"}, paramLabel = "LIST", description = {
      "CPU threads to use. Default: one per processor."}) private @Nullable String threads;

  @Option(names = {"-r", "--repetitions"}, paramLabel = "N", description = {
      "How often each test is timed. Default: 5."}) private @Nullable String repetitions;

  /** The values, checked. */
  BenchRequest read() {
    return new BenchRequest(
        Optional.ofNullable(prompts).map(text -> numbers("The prompt length (-p)", text)),
        Optional.ofNullable(generations).map(text -> numbers("The number of tokens to generate (-n)", text)),
        backends == null ? List.of(Optional.empty()) : words(backends).map(Optional::of).toList(),
        threads == null
            ? List.of(EngineFlags.standardThreads())
            : words(threads).map(text -> EngineFlags.threads("The number of threads (-t)", text)).toList(),
        repetitions == null
            ? REPETITIONS
            : Numbers.whole("The number of repetitions (-r)", repetitions, 1, MOST_REPETITIONS));
  }

  private static List<Integer> numbers(String option, String text) {
    return words(text).map(word -> Numbers.whole(option, word, 0, Integer.MAX_VALUE)).toList();
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip);
  }
}
