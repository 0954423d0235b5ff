package dev.cria.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together and runs one. */
final class CommandLines {

  private CommandLines() {}

  /** All commands, not run. */
  static CommandLine create(Terminal terminal) {
    CommandLine cria = new CommandLine(new Cria())
        .addSubcommand(new RunCommand(terminal))
        .addSubcommand(new BenchCommand(terminal))
        .addSubcommand(new TrainCommand(terminal))
        .addSubcommand(new BackendsCommand(terminal))
        .addSubcommand(new InspectCommand(terminal))
        .addSubcommand(new TokenizeCommand(terminal))
        .addSubcommand(new LogitsCommand(terminal))
        .addSubcommand(new PerplexityCommand(terminal))
        .addSubcommand(new CompletionCommand(terminal))
        .addSubcommand(new HelpCommand());
    HelpLayout.apply(cria);
    return cria
        .setExpandAtFiles(false) // a prompt may begin with @
        .setPosixClusteredShortOptionsAllowed(false) // llama2.c's flags stand alone, and -prompt is no -p rompt
        .setUsageHelpWidth(terminal.width())
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.styled() ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8), true));
  }

  /**
   * Runs one command.
   *
   * @return the exit code
   */
  static int execute(Terminal terminal, String... args) {
    FailureReport report = new FailureReport(terminal, Arrays.asList(args).contains("--stacktrace"));
    CommandLine cria = create(terminal)
        .setParameterExceptionHandler((exception, given) -> report.usage(exception))
        .setExecutionExceptionHandler((exception, command, parsed) -> report.failure(exception));
    try {
      return cria.execute(args);
    } catch (OutOfMemoryError | InternalError e) { // of all errors, those that a large or changing model file causes
      return report.failure(e);
    }
  }
}
