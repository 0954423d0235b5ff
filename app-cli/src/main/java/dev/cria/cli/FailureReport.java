package dev.cria.cli;

import dev.cria.api.UnknownProviderException;
import dev.cria.api.kernel.KernelUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine.ParameterException;

/** Says what went wrong, in one line, and which exit code it makes. */
final class FailureReport {

  private final Terminal terminal;
  private final boolean stacktrace;

  FailureReport(Terminal terminal, boolean stacktrace) {
    this.terminal = terminal;
    this.stacktrace = stacktrace;
  }

  /** A command line that could not be parsed. */
  int usage(ParameterException exception) {
    return report(exception, UsageMessage.of(exception) + " Try '"
        + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help'.", ExitCode.USAGE);
  }

  /** A command that failed. */
  int failure(Throwable thrown) {
    return switch (thrown) {
      case UncheckedIOException e when e.getCause() != null -> failure(e.getCause());
      case OutputException e when e.isClosedPipe() -> ExitCode.CLOSED_PIPE;
      case UsageException e -> report(e, words(e), ExitCode.USAGE);
      case UnknownProviderException e -> report(e, words(e), ExitCode.USAGE);
      case FileSystemException e -> report(e, message(e), ExitCode.FAILURE);
      case IOException e -> report(e, words(e), ExitCode.FAILURE);
      case KernelUnavailableException e -> report(e, words(e), ExitCode.FAILURE);
      case IllegalArgumentException e -> report(e, words(e), ExitCode.FAILURE);
      case OutOfMemoryError e -> report(e, outOfMemory(e), ExitCode.FAILURE);
      case InternalError e -> report(e, "a file changed or could not be read while it was in use (" + e.getMessage()
          + "); try again", ExitCode.FAILURE);
      default -> report(thrown, "internal error: " + thrown
          + ". Please report it, with what --stacktrace adds.", ExitCode.FAILURE);
    };
  }

  private int report(Throwable thrown, String message, int exitCode) {
    terminal.say("cria: " + Terminal.printable(message.replaceAll("\\s*\\R\\s*", " ")));
    if (stacktrace) {
      thrown.printStackTrace(terminal.err());
    }
    return exitCode;
  }

  /** The words that the JDK leaves to its class names. */
  private static String message(FileSystemException e) {
    if (e.getReason() != null) {
      return words(e);
    }
    return e.getFile() + ": " + switch (e) {
      case NoSuchFileException n -> "no such file; check the path";
      case AccessDeniedException a -> "permission denied; make it accessible for you, as with chmod";
      case FileAlreadyExistsException x -> "exists already";
      default -> "cannot be used (" + e.getClass().getSimpleName() + ")";
    };
  }

  /** The message, or what there is instead. */
  private static String words(Throwable e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  private static String outOfMemory(OutOfMemoryError e) {
    return "not enough memory (" + e.getMessage() + "). The heap may grow to "
        + ByteSize.of(Runtime.getRuntime().maxMemory())
        + "; raise it with CRIA_JAVA_OPTS=-Xmx8g, take a smaller model, or shorten it with --context.";
  }
}
