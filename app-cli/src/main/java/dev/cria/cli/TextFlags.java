package dev.cria.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say how much text is wanted, and how it is written. */
@Command(optionListHeading = "%nThe text:%n")
final class TextFlags {

  private static final int MOST_PROBABILITIES = 1000;

  @Option(names = {"-n", "--steps"}, paramLabel = "N", description = {
      "How many tokens, prompt included; 0 for as many as the context holds. Default: 256."}) private @Nullable String steps;

  @Option(names = "--context", paramLabel = "N", description = {
      "Positions to make room for. Default: as many as the model was made for."}) private @Nullable String context;

  @Option(names = {"-z", "--tokenizer"}, paramLabel = "FILE", description = {
      "Tokenizer to use. Default: the one inside the model, or else tokenizer.bin beside it, or in the working folder."}) private @Nullable Path tokenizer;

  @Option(names = "--llama2c-output", description = {
      "Print as llama2.c does: bytes that are no whole character are left out."}) private boolean llama2cOutput;

  @Option(names = "--stop", paramLabel = "TEXT", description = {
      "End the text before this comes; may be given several times. What the prompt says does not count."}) private List<String> stopStrings = new ArrayList<>();

  @Option(names = "--logprobs", paramLabel = "N", description = {
      "Print a line of JSON for each token instead of the text: its id, its text, its log probability, and the N likeliest tokens."}) private @Nullable String logProbabilities;

  /** The values, checked. */
  TextChoice read() {
    checked(stopStrings);
    if (logProbabilities != null && llama2cOutput) {
      throw new UsageException("--logprobs and --llama2c-output do not go together; keep one.");
    }
    return new TextChoice(number("The number of steps (-n)", steps, 0), number("--context", context, 1),
        Optional.ofNullable(tokenizer), llama2cOutput, stopStrings,
        logProbabilities == null
            ? OptionalInt.empty()
            : OptionalInt.of(Numbers.whole("--logprobs", logProbabilities, 0, MOST_PROBABILITIES)));
  }

  /** Stop strings, checked. */
  static List<String> checked(List<String> stopStrings) {
    if (stopStrings.contains("")) {
      throw new UsageException("--stop must not be empty: it would end every text at once.");
    }
    stopStrings.forEach(text -> Utf8.requireWhole("--stop", text));
    return stopStrings;
  }

  /** A number, if it is given. */
  static OptionalInt number(String option, @Nullable String text, int least) {
    return text == null
        ? OptionalInt.empty()
        : OptionalInt.of(Numbers.whole(option, text, least, Integer.MAX_VALUE));
  }
}
