package dev.cria.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say what the text begins with. */
@Command(optionListHeading = "%nThe prompt:%n")
final class PromptFlags {

  private static final String STANDARD_INPUT = "-";

  @Option(names = {"-i", "--prompt"}, paramLabel = "TEXT", description = {
      "What the text begins with; - reads it from standard input. Default: nothing."}) private @Nullable String prompt;

  @Option(names = {"-f", "--prompt-file"}, paramLabel = "FILE", description = {
      "Read the prompt from a UTF-8 file. Of a prompt from a file or standard input, a final line break is left out."}) private @Nullable Path file;

  /** The prompt, empty if there is none. */
  String read(Terminal terminal) throws IOException {
    if (prompt != null && file != null) {
      throw new UsageException("The prompt is given twice, by -i and by -f; keep one.");
    }
    if (file != null) {
      return withoutFinalBreak(Utf8.decode(file.toString(), InputFile.read(file)));
    }
    if (prompt == null) {
      return "";
    }
    return prompt.equals(STANDARD_INPUT)
        ? withoutFinalBreak(terminal.read())
        : Utf8.requireWhole("The prompt (-i)", prompt);
  }

  private static String withoutFinalBreak(String text) {
    return text.endsWith("\r\n")
        ? text.substring(0, text.length() - 2)
        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
