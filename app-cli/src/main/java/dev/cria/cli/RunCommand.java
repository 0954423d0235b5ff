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

/** {@code cria run}: tells a text. */
@Command(name = "run", description = "Let a model write a text.", customSynopsis = "cria run [CHECKPOINT [TEMPERATURE]] [OPTIONS]", parameterListHeading = "%n", footer = {
    "",
    "The text goes to standard output, figures go to standard error.",
    "",
    "Examples:",
    "  cria run                                   the built-in model",
    "  cria run stories15M.bin                    a story, another one each time",
    "  cria run stories15M.bin 0.8 -s 42          a bolder one, the same each time",
    "  cria run stories15M.bin 0 -i \"Once upon\"   the likeliest continuation",
    "  cria run stories15M.bin -f begin.txt -n 0  as long as the context allows"})
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "CHECKPOINT", description = {
      "Model file. Default: the small model that is built in."}) private @Nullable Path checkpoint;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TEMPERATURE", description = "The same as -t.") private @Nullable String temperature;

  @Mixin private PromptFlags prompt = new PromptFlags();

  @Mixin private TextFlags text = new TextFlags();

  @Mixin private SamplingFlags sampling = new SamplingFlags();

  @Mixin private EngineFlags engine = new EngineFlags();

  @Option(names = "--verbose", description = "Say more on standard error.") private boolean verbose;

  @Option(names = "-m", hidden = true) private @Nullable String mode;

  @Option(names = "-y", hidden = true) private @Nullable String systemPrompt;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    refuseChat("-m", mode);
    refuseChat("-y", systemPrompt);
    SamplingChoice samplingRead = sampling.read(temperature);
    TextChoice textRead = text.read();
    EngineOptions options = new EngineOptions(Optional.ofNullable(checkpoint), engine.backend(), engine.threads());
    RunRequest request = new RunRequest(prompt.read(terminal), textRead, samplingRead, verbose);
    return Guice.createInjector(new EngineModule(terminal, options)).getInstance(TextRun.class).run(request);
  }

  private static void refuseChat(String option, @Nullable String value) {
    if (value != null) {
      throw new UsageException("Option '" + option
          + "' comes with the chat command, which this version does not have yet; leave it out to generate text.");
    }
  }
}
