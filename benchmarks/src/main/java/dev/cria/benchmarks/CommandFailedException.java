package dev.cria.benchmarks;

import java.io.IOException;
import java.util.List;

/** A command that failed, or did not say how fast it was; the message ends with what it printed last. */
final class CommandFailedException extends IOException {

  private static final long serialVersionUID = 1;
  private static final int LINES = 10;

  /** Says what was wrong with which command, and the end of its output. */
  CommandFailedException(ExternalCommand command, String problem, String output) {
    super(command.name() + " " + problem + ".\nCommand: " + String.join(" ", command.words()) + "\n" + end(output));
  }

  private static String end(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? "It printed nothing."
        : "The end of its output:\n  "
            + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
