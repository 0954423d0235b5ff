package dev.cria.cli;

import com.google.inject.Guice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria perplexity}: how well a model foresees a text. */
@Command(name = "perplexity", description = "Measure how well a model foresees a text.", customSynopsis = "cria perplexity [MODEL] --file TEXT [OPTIONS]", parameterListHeading = "%n", footer = {
    "",
    "Documents stand between lines of <|endoftext|> and are stripped. Each is read after",
    "BOS; one longer than the context in consecutive windows, each after BOS. What is",
    "measured is every token after BOS; bytes are those of the text in UTF-8, so that",
    "models with different vocabularies can be compared by bits per byte."})
final class PerplexityCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = {
      "Model file. Default: the small model that is built in."}) private @Nullable Path model;

  @Option(names = "--file", required = true, paramLabel = "TEXT", description = "The text, in UTF-8.") private @Nullable Path file;

  @Option(names = {"-z", "--tokenizer"}, paramLabel = "FILE", description = {
      "Tokenizer to use. Default: the one inside the model file, or else tokenizer.bin beside it, or in the working folder."}) private @Nullable Path tokenizer;

  @Mixin private EngineFlags engine = new EngineFlags();

  PerplexityCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    if (file == null) {
      throw new UsageException("--file is needed.");
    }
    EngineOptions options = new EngineOptions(Optional.ofNullable(model), engine.backend(), engine.threads());
    Guice.createInjector(new EngineModule(terminal, options)).getInstance(PerplexityRun.class).run(file,
        Optional.ofNullable(tokenizer));
    return ExitCode.SUCCESS;
  }
}
