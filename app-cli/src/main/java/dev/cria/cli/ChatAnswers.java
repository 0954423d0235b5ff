package dev.cria.cli;

import dev.cria.inference.ChatAnswer;
import dev.cria.inference.ChatSession;
import dev.cria.inference.MessageTooLongException;
import dev.cria.inference.StopReason;
import dev.cria.sampling.LogProbabilities;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Prints answers as they come. */
final class ChatAnswers {

  private final Terminal terminal;
  private final ChatSession session;
  private final RunReport report;
  private final boolean textual; // and not JSON
  private final Tokenizer tokenizer;

  ChatAnswers(Terminal terminal, ChatSession session, RunReport report, TextChoice text, Tokenizer tokenizer) {
    this.terminal = terminal;
    this.session = session;
    this.report = report;
    this.textual = text.logProbabilities().isEmpty();
    this.tokenizer = tokenizer;
  }

  /**
   * Prints one, to its end or until Ctrl-C.
   *
   * @throws MessageTooLongException if it could not begin
   */
  ChatAnswer answer(ChatInput input, Function<ChatSession, Function<Consumer<String>, ChatAnswer>> asked)
      throws IOException {
    try (var _ = input.answering(session::cancel)) {
      ChatAnswer answer = asked.apply(session).apply(textual ? this::print : text -> {});
      for (LogProbabilities token : answer.tokens()) {
        print(TokenLine.of(token, tokenizer));
      }
      if (textual) {
        print("\n");
      }
      return answer;
    }
  }

  /** Says how it went. */
  void report(ChatAnswer answer) {
    int forgotten = answer.usage().forgottenTurns();
    if (forgotten > 0) {
      terminal.say("cria: the context is full, so the model no longer sees " + (forgotten == 1
          ? "the oldest message and its answer"
          : "the oldest " + forgotten + " messages and their answers"));
    }
    report.answered(answer);
    if (answer.usage().contextFull() && answer.reason() == StopReason.LENGTH) {
      terminal
          .say("cria: the answer met the end of the context; it goes on if you ask for it, or take back some by /undo");
    }
  }

  private void print(String text) {
    try {
      terminal.out().print(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
