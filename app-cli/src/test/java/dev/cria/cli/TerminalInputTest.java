package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed at a terminal. */
@Timeout(60)
final class TerminalInputTest {

  @TempDir Path folder;

  private final PipedOutputStream keys = new PipedOutputStream();
  private final Screen screen = new Screen();

  private Terminal terminal(String type) throws IOException {
    return new ExternalTerminal("test", type, new PipedInputStream(keys), screen, UTF_8);
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(UTF_8));
    keys.flush();
  }

  /** Tells when a prompt is shown. */
  private static final class Screen extends ByteArrayOutputStream {

    private final CountDownLatch prompted = new CountDownLatch(1);

    @Override public synchronized void write(byte[] bytes, int from, int count) {
      super.write(bytes, from, count);
      look();
    }

    @Override public synchronized void write(int one) {
      super.write(one);
      look();
    }

    private void look() {
      if (toString(UTF_8).contains(">")) {
        prompted.countDown();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xterm", "dumb"}) void line_typed_isTakenVerbatim(String type) throws IOException {
    try (TerminalInput input = new TerminalInput(terminal(type), List.of("/help"), Optional.empty())) {
      for (String text : new String[]{"Hello", "goes on\\", "a \"quote\" isn't !! closed", "\"\"\"", "é 😀"}) {
        type(text + "\r");
        assertThat(input.line("> ")).isEqualTo(ChatLine.text(text));
      }
    }
  }

  @Test void line_interruptedOrEnded_saysWhich() throws Exception {
    try (TerminalInput input = new TerminalInput(terminal("xterm"), List.of(), Optional.empty())) {
      var line = CompletableFuture.supplyAsync(() -> input.line("> "));
      screen.prompted.await(); // Ctrl-C is a signal, which nobody hears before the line is waited for
      type("half a li\u0003");
      assertThat(line.get().kind()).isEqualTo(ChatLine.Kind.INTERRUPTED);
      type("\u0004");
      assertThat(input.line("> ").kind()).isEqualTo(ChatLine.Kind.END);
    }
  }

  @Test void line_tabAfterTheBeginningOfACommand_completesIt() throws IOException {
    try (TerminalInput input = new TerminalInput(terminal("xterm"), ChatCommands.names(), Optional.empty())) {
      type("/reg\t\r");
      assertThat(input.line("> ").text().strip()).isEqualTo("/regenerate");
    }
  }

  @Test void history_isKeptInItsFile() throws IOException {
    Path history = folder.resolve("history");
    try (TerminalInput input = new TerminalInput(terminal("xterm"), List.of(), Optional.of(history))) {
      type("first\rsecond\r\u0010\u0010\r");
      input.line("> ");
      input.line("> ");
      assertThat(input.line("> ").text()).as("two up").isEqualTo("first");
    }
    assertThat(Files.readString(history)).contains(":first\n", ":second\n");
  }

  @Test void interrupt_whileAnswering_cancels() throws IOException {
    AtomicInteger cancelled = new AtomicInteger();
    Terminal terminal = terminal("xterm");
    try (TerminalInput input = new TerminalInput(terminal, List.of(), Optional.empty())) {
      try (var _ = input.answering(cancelled::incrementAndGet)) {
        terminal.raise(Terminal.Signal.INT);
        terminal.raise(Terminal.Signal.INT);
      }
      terminal.raise(Terminal.Signal.INT);
      assertThat(cancelled).as("while the answer came").hasValue(2);
    }
  }
}
