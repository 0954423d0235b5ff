package dev.cria.cli;

import com.google.inject.Guice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria chat}: talks with a model. */
@Command(name = "chat", description = "Talk with a model.", customSynopsis = "cria chat [MODEL] [OPTIONS]", parameterListHeading = "%n", footer = {
    "",
    "Each line is a message. A line that ends with \\ goes on in the next; so do lines",
    "between \"\"\" and \"\"\". /help lists what can be done besides; // at the beginning",
    "stands for a message that begins with one /.",
    "",
    "Ctrl-C stops an answer; Ctrl-D leaves. Answers go to standard output, all else to",
    "standard error; without a terminal nothing but answers is printed there.",
    "",
    "When the context is full, the oldest messages after the system prompt are",
    "forgotten with their answers, until half of it is free; a message that does not",
    "fit alone is refused.",
    "",
    "Examples:",
    "  cria chat tinyllama.gguf                   a conversation",
    "  cria chat Qwen2.5-0.5B/ --system \"Be brief.\" -t 0.7",
    "  cria chat model.gguf --chat-template zephyr",
    "  echo \"Once upon a time\" | cria chat       one answer of the built-in model"})
final class ChatCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = {
      "Model file or folder. Default: the small model that is built in."}) private @Nullable Path model;

  @Mixin private ChatFlags chat = new ChatFlags();

  @Option(names = {"-n", "--max-tokens"}, paramLabel = "N", description = {
      "Tokens of an answer at most; 0 for as many as the context holds. Default: 0."}) private @Nullable String maxTokens;

  @Option(names = "--context", paramLabel = "N", description = {
      "Positions to make room for. Default: as many as the model was made for."}) private @Nullable String context;

  @Option(names = {"-z", "--tokenizer"}, paramLabel = "FILE", description = {
      "Tokenizer to use. Default: the one inside the model, or else tokenizer.bin beside it, or in the working folder."}) private @Nullable Path tokenizer;

  @Option(names = "--stop", paramLabel = "TEXT", description = {
      "End an answer before this comes; may be given several times."}) private List<String> stopStrings = new ArrayList<>();

  @Mixin private SamplingFlags sampling = new SamplingFlags();

  @Mixin private EngineFlags engine = new EngineFlags();

  @Option(names = "--verbose", description = "Say more on standard error.") private boolean verbose;

  ChatCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    TextChoice text = new TextChoice(TextFlags.number("The number of tokens (-n)", maxTokens, 0),
        TextFlags.number("--context", context, 1), Optional.ofNullable(tokenizer), false,
        TextFlags.checked(stopStrings), OptionalInt.empty());
    ChatRequest request = new ChatRequest(Optional.empty(), true, false, chat.system(), chat.template(), text,
        sampling.read(null), verbose);
    return run(terminal, new EngineOptions(Optional.ofNullable(model), engine.backend(), engine.threads()), request);
  }

  /** Has a conversation. */
  static int run(Terminal terminal, EngineOptions options, ChatRequest request) throws IOException {
    return Guice.createInjector(new EngineModule(terminal, options), binder -> binder.bind(ChatRun.class))
        .getInstance(ChatRun.class).run(request);
  }
}
