package dev.cria.cli;

import com.google.inject.Inject;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.inference.Backend;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.ChatAnswer;
import dev.cria.inference.ChatFormat;
import dev.cria.inference.ChatOptions;
import dev.cria.inference.ChatRecognition;
import dev.cria.inference.ChatSession;
import dev.cria.inference.FoundTokenizer;
import dev.cria.inference.StopReason;
import dev.cria.inference.TokenTexts;
import dev.cria.inference.TokenizerFinder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/** Opens a model and has a conversation with it, of one message or of many. */
final class ChatRun {

  private final Terminal terminal;
  private final EngineOptions options;
  private final ModelFiles models;
  private final BackendSelector backends;
  private final TokenizerFinder tokenizers;

  @Inject ChatRun(Terminal terminal, EngineOptions options, ModelFiles models, BackendSelector backends,
      TokenizerFinder tokenizers) {
    this.terminal = terminal;
    this.options = options;
    this.models = models;
    this.backends = backends;
    this.tokenizers = tokenizers;
  }

  /**
   * Runs.
   *
   * @return the exit code
   */
  int run(ChatRequest request) throws IOException {
    long began = System.nanoTime();
    ChatSampling sampling = new ChatSampling(request.sampling());
    Backend backend = backends.select(options.backend());
    try (Checkpoint checkpoint = models.open(options.model())) {
      ModelConfiguration c = checkpoint.configuration();
      int context = TextRun.context(request.text(), c);
      FoundTokenizer found = tokenizers.find(checkpoint, options.model(), request.text().tokenizer());
      ChatRecognition recognised = ChatRecognition.of(checkpoint, found.tokenizer().vocabulary());
      ChatFormat format = format(recognised, request.template(), found);
      TokenTexts texts = new TokenTexts(found.tokenizer(), c.vocabSize());
      RunReport report = new RunReport(terminal, request.sampling(), request.verbose(), checkpoint, backend,
          options.threads());
      report.seed(sampling.seed());
      report.template(format.template().name() + ": "
          + (request.template().isPresent() ? "named" : recognised.reason()));
      try (
          ModelExecutor executor = backend.open(checkpoint, new ExecutorOptions(
              Math.min(context, TextRun.PROMPT_BATCH), context, options.threads(), TextRun.alone(options)));
          ChatSession session = new ChatSession(executor, format, sampling.sampler(texts))) {
        report.loaded(System.nanoTime() - began, found.origin());
        session.options(answers(request.text()));
        session.system(request.system().orElse(""));
        ChatAnswers answers = new ChatAnswers(terminal, session, report, request.text(), found.tokenizer());
        return request.goesOn()
            ? talk(request, new Conversation(terminal, session, answers, sampling, texts), report)
            : once(request.first().orElseThrow(), answers, report);
      }
    }
  }

  private static int once(String message, ChatAnswers answers, RunReport report) throws IOException {
    try (PipedInput input = new PipedInput(InputStream.nullInputStream())) {
      ChatAnswer answer = answers.answer(input, session -> listener -> session.send(message, listener));
      report.finished(answer.reason(), answer.figures());
      return answer.reason() == StopReason.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
    }
  }

  private int talk(ChatRequest request, Conversation conversation, RunReport report) throws IOException {
    report.opened();
    try (ChatInput input = terminal.interactive()
        ? TerminalInput.open(terminal, ChatCommands.names())
        : new PipedInput(terminal.in())) {
      if (input.interactive()) {
        terminal.say("Say something. /help lists commands; Ctrl-C stops an answer, Ctrl-D leaves.");
      }
      return conversation.run(input, request.asksForSystem(), request.first());
    }
  }

  private static ChatFormat format(ChatRecognition recognised, Optional<String> named, FoundTokenizer found) {
    try {
      return ChatFormat.of(recognised.choose(named), found.tokenizer());
    } catch (IllegalArgumentException e) {
      UsageException wrong = new UsageException(String.valueOf(e.getMessage()));
      wrong.initCause(e);
      throw wrong;
    }
  }

  private static ChatOptions answers(TextChoice text) {
    OptionalInt top = text.logProbabilities();
    ChatOptions chosen = ChatOptions.DEFAULT.maxTokens(text.steps().orElse(0)).stopStrings(text.stopStrings());
    return top.isPresent() ? chosen.logProbabilities(top.getAsInt()) : chosen;
  }
}
