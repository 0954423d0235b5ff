package dev.cria.cli;

import dev.cria.api.UnknownProviderException;
import dev.cria.inference.ChatAnswer;
import dev.cria.inference.ChatSession;
import dev.cria.inference.MessageTooLongException;
import dev.cria.inference.StopReason;
import dev.cria.inference.TokenTexts;
import java.io.IOException;
import java.util.Optional;

/** The loop of {@code cria chat}: messages are answered, commands are done, until there are no more. */
final class Conversation {

  private final Terminal terminal;
  private final ChatSession session;
  private final ChatAnswers answers;
  private final ChatCommands commands;
  private int exit = ExitCode.SUCCESS;

  Conversation(Terminal terminal, ChatSession session, ChatAnswers answers, ChatSampling sampling, TokenTexts texts) {
    this.terminal = terminal;
    this.session = session;
    this.answers = answers;
    this.commands = new ChatCommands(terminal, session, sampling, texts);
  }

  /**
   * Runs it.
   *
   * @param asksForSystem whether the first line is the system prompt
   * @param first the first message, if it is there already
   * @return the exit code; without a terminal it tells if anything failed
   */
  int run(ChatInput input, boolean asksForSystem, Optional<String> first) throws IOException {
    if (asksForSystem) {
      session.system(input.line("Enter system prompt (optional): ").text());
    }
    if (first.isPresent()) {
      answer(input, first.get());
    }
    MessageReader messages = new MessageReader(input);
    while (exit != ExitCode.INTERRUPTED) {
      ChatLine line = messages.next();
      switch (line.kind()) {
        case END -> {
          return input.interactive() ? ExitCode.SUCCESS : exit;
        }
        case INTERRUPTED -> terminal.say("Ctrl-D or /exit leaves.");
        case TEXT -> {
          if (!take(input, line.text())) {
            return input.interactive() ? ExitCode.SUCCESS : exit;
          }
        }
      }
    }
    return exit;
  }

  /** Whether it goes on after that. */
  private boolean take(ChatInput input, String text) throws IOException {
    if (text.isBlank()) {
      return true;
    }
    if (!text.startsWith("/") || text.startsWith("//")) {
      answer(input, text.startsWith("//") ? text.substring(1) : text);
      return true;
    }
    try {
      return switch (commands.run(text)) {
        case GO_ON -> true;
        case LEAVE -> false;
        case ANSWER_AGAIN -> {
          again(input);
          yield true;
        }
      };
    } catch (UsageException | UnknownProviderException | IOException e) {
      fail(e);
      return true;
    }
  }

  private void answer(ChatInput input, String message) throws IOException {
    try {
      finish(input, answers.answer(input, chat -> listener -> chat.send(message, listener)));
    } catch (MessageTooLongException e) {
      fail(e);
    }
  }

  private void again(ChatInput input) throws IOException {
    finish(input, answers.answer(input, chat -> chat::regenerate));
  }

  private void finish(ChatInput input, ChatAnswer answer) {
    answers.report(answer);
    if (answer.reason() == StopReason.CANCELLED && !input.interactive()) {
      exit = ExitCode.INTERRUPTED;
    }
  }

  private void fail(Exception e) throws IOException {
    if (e instanceof OutputException output) {
      throw output;
    }
    new FailureReport(terminal, false).failure(e);
    exit = ExitCode.FAILURE;
  }
}
