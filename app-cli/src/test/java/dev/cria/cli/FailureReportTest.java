package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FailureReportTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal = new Terminal(new ByteArrayInputStream(new byte[0]),
      new StandardOutput(new ByteArrayOutputStream()), new PrintStream(err, true, UTF_8), Map.of(), Path.of(""), false,
      false);

  private String report(Throwable thrown, int exitCode) {
    err.reset();
    assertThat(new FailureReport(terminal, false).failure(thrown)).isEqualTo(exitCode);
    return err.toString(UTF_8);
  }

  @Test void failure_memory_saysHowMuchThereIsAndWhatToDo() {
    assertThat(report(new OutOfMemoryError("Java heap space"), 1))
        .matches("cria: not enough memory \\(Java heap space\\)\\. The heap may grow to [0-9.]+ .B; raise it with"
            + " CRIA_JAVA_OPTS=-Xmx8g, take a smaller model, or shorten it with --context\\.\n");
  }

  @Test void failure_mappedFileThatShrank_isAFailureAndNoCrash() {
    assertThat(report(new InternalError("a fault occurred in an unsafe memory access operation"), 1)).startsWith(
        "cria: a file changed or could not be read while it was in use (a fault occurred in an unsafe memory access");
  }

  @Test void failure_controlCharactersFromAFile_doNotReachTheTerminal() {
    assertThat(report(new IllegalArgumentException("has the tensor '\u001b[2J\u009b'\r\nand more"), 1))
        .isEqualTo("cria: has the tensor '?[2J?' and more\n");
  }

  @Test void failure_unexpected_asksForAReport() {
    assertThat(report(new IllegalStateException("the team is closed"), 1))
        .isEqualTo(
            "cria: internal error: java.lang.IllegalStateException: the team is closed. Please report it, with what"
                + " --stacktrace adds.\n");
  }

  @Test void failure_fileWithoutReason_getsWords() {
    assertThat(report(new NoSuchFileException("a"), 1)).isEqualTo("cria: a: no such file; check the path\n");
    assertThat(report(new AccessDeniedException("a"), 1))
        .isEqualTo("cria: a: permission denied; make it accessible for you, as with chmod\n");
    assertThat(report(new FileSystemException("a"), 1)).isEqualTo("cria: a: cannot be used (FileSystemException)\n");
    assertThat(report(new FileSystemException("a", null, "Too many levels"), 1))
        .isEqualTo("cria: a: Too many levels\n");
  }

  @Test void failure_wrappedOrOfSeveralLines_isOneLine() {
    assertThat(report(new UncheckedIOException(new IOException("one\n  two\r\nthree")), 1))
        .isEqualTo("cria: one two three\n");
  }

  @Test void failure_closedPipe_isSilent() {
    assertThat(report(new OutputException(new IOException("Broken pipe")), 141)).isEmpty();
    assertThat(report(new OutputException(new IOException("The pipe is being closed")), 141)).isEmpty();
  }
}
