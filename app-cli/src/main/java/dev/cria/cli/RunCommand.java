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

  @Mixin private ChatFlags chatFlags = new ChatFlags();

  @Option(names = "--chat", description = {
      "Take the prompt for a message, in the model's chat template, and print the answer. 'cria chat' goes on."}) private boolean chat;

  @Option(names = "-m", hidden = true) private @Nullable String mode; // of llama2.c

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    boolean talks = talks();
    if (!chat && !talks) {
      chatFlags.given().ifPresent(option -> {
        throw new UsageException("Option '" + option + "' belongs to a conversation; add --chat, or use 'cria chat'.");
      });
    }
    SamplingChoice samplingRead = sampling.read(temperature);
    TextChoice textRead = text.read();
    EngineOptions options = new EngineOptions(Optional.ofNullable(checkpoint), engine.backend(), engine.threads());
    if (chat || talks) {
      return ChatCommand.run(terminal, options, conversation(talks, textRead, samplingRead));
    }
    RunRequest request = new RunRequest(prompt.read(terminal), textRead, samplingRead, verbose);
    return Guice.createInjector(new EngineModule(terminal, options)).getInstance(TextRun.class).run(request);
  }

  /** Whether llama2.c would begin a conversation. */
  private boolean talks() {
    if (mode == null) {
      return false;
    }
    return switch (mode) {
      case "generate" -> false;
      case "chat" -> true;
      default -> throw new UsageException("The mode (-m) must be generate or chat, got '" + mode + "'.");
    };
  }

  private ChatRequest conversation(boolean talks, TextChoice textRead, SamplingChoice samplingRead) throws IOException {
    if (textRead.llama2cOutput()) {
      throw new UsageException("--llama2c-output does not go with a conversation; leave it out.");
    }
    String first = prompt.read(terminal);
    if (!talks && first.isEmpty()) {
      throw new UsageException(
          "--chat needs a message: -i \"Hello\", or -i - to read it. 'cria chat' asks for messages.");
    }
    return new ChatRequest(Optional.of(first).filter(text -> !text.isEmpty()), talks,
        talks && chatFlags.system().isEmpty(), chatFlags.system(), chatFlags.template(), textRead, samplingRead,
        verbose);
  }
}
