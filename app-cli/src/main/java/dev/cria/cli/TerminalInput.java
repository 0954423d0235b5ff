package dev.cria.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** Lines that somebody types, edited and remembered by JLine: of all commands, chat alone loads it. */
final class TerminalInput implements ChatInput {

  private final org.jline.terminal.Terminal terminal;
  private final LineReader reader;

  /**
   * Lines of a terminal.
   *
   * @param commands to be completed
   * @param history where lines are remembered, if anywhere
   */
  TerminalInput(org.jline.terminal.Terminal terminal, List<String> commands, Optional<Path> history) {
    this.terminal = terminal;
    DefaultParser verbatim = new DefaultParser();
    verbatim.setQuoteChars(new char[0]);
    verbatim.setEscapeChars(new char[0]);
    LineReaderBuilder builder = LineReaderBuilder.builder().terminal(terminal).parser(verbatim)
        .completer((reader, line, candidates) -> {
          if (line.wordIndex() == 0) {
            new StringsCompleter(commands).complete(reader, line, candidates);
          }
        })
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    reader = builder.build();
  }

  /** Those of the process. */
  static TerminalInput open(Terminal process, List<String> commands) throws IOException {
    org.jline.terminal.Terminal terminal = TerminalBuilder.builder().name("cria").system(true).dumb(true)
        .graphemeCluster(false) // which would ask the terminal what it can do, by escape sequences
        .nativeSignals(true).build();
    if (terminal.getType().startsWith("dumb")) { // such a one hears of no signals by itself
      Signals.register("INT", () -> terminal.raise(Signal.INT));
    }
    return new TerminalInput(terminal, commands, history(process));
  }

  /** {@code cria/chat-history} among the user's state, if the folder can be made. */
  private static Optional<Path> history(Terminal process) {
    String state = process.environment().getOrDefault("XDG_STATE_HOME", "");
    String windows = process.environment().getOrDefault("LOCALAPPDATA", "");
    Path base = Path.of(state).isAbsolute()
        ? Path.of(state)
        : Path.of(windows).isAbsolute()
            ? Path.of(windows)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    try {
      return Optional.of(Files.createDirectories(base.resolve("cria")).resolve("chat-history"));
    } catch (IOException e) {
      return Optional.empty(); // lines are remembered while the program runs
    }
  }

  @Override public ChatLine line(String prompt) {
    try {
      return ChatLine.text(reader.readLine(prompt));
    } catch (UserInterruptException e) {
      return new ChatLine(ChatLine.Kind.INTERRUPTED, "");
    } catch (EndOfFileException e) {
      return ChatLine.end();
    }
  }

  @Override public boolean interactive() {
    return true;
  }

  @Override public Answering answering(Runnable cancel) {
    SignalHandler before = terminal.handle(Signal.INT, signal -> cancel.run());
    return () -> terminal.handle(Signal.INT, before);
  }

  @Override public void close() throws IOException {
    terminal.close();
  }
}
