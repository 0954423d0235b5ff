package dev.cria.cli;

import com.google.inject.Guice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria logits}: what the model thinks of every token that could come next. */
@Command(name = "logits", description = "Run given tokens through a model and write all logits.", customSynopsis = {
    "cria logits MODEL (--tokens IDS | --tokens-file FILE) --out FILE\n"
        + "                   [OPTIONS]"}, parameterListHeading = "%n", footer = {
            "",
            "The file holds little-endian float32, (tokens, vocabulary size): row i is what",
            "comes after the tokens 0 to i. It is written whole or not at all.",
            "",
            "Example:",
            "  cria logits stories15M.bin --tokens 1,9038,2501 --out logits.f32"})
final class LogitsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.") private @Nullable Path model;

  @Option(names = "--tokens", paramLabel = "IDS", description = "Token ids, separated by commas.") private @Nullable String tokens;

  @Option(names = "--tokens-file", paramLabel = "FILE", description = "Token ids as little-endian int32.") private @Nullable Path tokensFile;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the logits go; - is standard output.") private @Nullable Path out;

  @Option(names = "--batch", paramLabel = "N", description = {
      "Tokens to run at a time. Default: all at once, as memory allows. The result is the same for any number."}) private @Nullable String batch;

  @Mixin private EngineFlags engine = new EngineFlags();

  LogitsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    if (model == null || out == null) {
      throw new UsageException("MODEL and --out are needed.");
    }
    OptionalInt rows = batch == null
        ? OptionalInt.empty()
        : OptionalInt.of(Numbers.whole("--batch", batch, 1, Integer.MAX_VALUE));
    EngineOptions options = new EngineOptions(Optional.of(model), engine.backend(), engine.threads());
    int[] ids = tokens();
    LogitsOutput output = LogitsOutput.of(out, model, terminal);
    Guice.createInjector(new EngineModule(terminal, options)).getInstance(LogitsRun.class).run(ids, rows, output);
    return ExitCode.SUCCESS;
  }

  private int[] tokens() throws IOException {
    if ((tokens == null) == (tokensFile == null)) {
      throw new UsageException(
          "Give the tokens by --tokens or by --tokens-file" + (tokens == null ? "." : ", not by both."));
    }
    int[] ids = tokens != null ? TokenIds.parse(tokens) : TokenIds.read(tokensFile);
    if (ids.length == 0) {
      throw new UsageException("There are no tokens; give at least one, such as --tokens 1.");
    }
    return ids;
  }
}
