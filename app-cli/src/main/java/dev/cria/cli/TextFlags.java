package dev.cria.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say how much text is wanted, and how it is written. */
@Command(optionListHeading = "%nThe text:%n")
final class TextFlags {

  @Option(names = {"-n", "--steps"}, paramLabel = "N", description = {
      "How many tokens, prompt included; 0 for as many as the context holds. Default: 256."}) private @Nullable String steps;

  @Option(names = "--context", paramLabel = "N", description = {
      "Positions to make room for. Default: as many as the model was made for."}) private @Nullable String context;

  @Option(names = {"-z", "--tokenizer"}, paramLabel = "FILE", description = {
      "Tokenizer to use. Default: the one inside the model, or else tokenizer.bin beside it, or in the working folder."}) private @Nullable Path tokenizer;

  @Option(names = "--llama2c-output", description = {
      "Print as llama2.c does: bytes that are no whole character are left out."}) private boolean llama2cOutput;

  /** The values, checked. */
  TextChoice read() {
    return new TextChoice(number("The number of steps (-n)", steps, 0), number("--context", context, 1),
        Optional.ofNullable(tokenizer), llama2cOutput);
  }

  private static OptionalInt number(String option, @Nullable String text, int least) {
    return text == null
        ? OptionalInt.empty()
        : OptionalInt.of(Numbers.whole(option, text, least, Integer.MAX_VALUE));
  }
}
