package dev.cria.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together and runs one. */
final class CommandLines {

  private static final List<Entry> COMMANDS = List.of(
      new Entry("run", RunCommand::new),
      new Entry("chat", ChatCommand::new),
      new Entry("bench", BenchCommand::new),
      new Entry("train", TrainCommand::new),
      new Entry("backends", BackendsCommand::new),
      new Entry("samplers", SamplersCommand::new),
      new Entry("inspect", InspectCommand::new),
      new Entry("convert", ConvertCommand::new),
      new Entry("tokenize", TokenizeCommand::new),
      new Entry("logits", LogitsCommand::new),
      new Entry("perplexity", PerplexityCommand::new),
      new Entry("completion", CompletionCommand::new),
      new Entry("help", _ -> new HelpCommand()));

  /** Commands that ask all others. */
  private static final Set<String> ASKING = Set.of("completion", "help");

  /** Commands that run a model at once. */
  private static final Set<String> RUNNING = Set.of("run", "chat");

  private record Entry(String name, Function<Terminal, Object> command) {}

  private CommandLines() {}

  /** All commands, not run. */
  static CommandLine create(Terminal terminal) {
    return create(terminal, COMMANDS);
  }

  private static CommandLine create(Terminal terminal, List<Entry> commands) {
    CommandLine cria = new CommandLine(new Cria());
    for (Entry entry : commands) {
      cria.addSubcommand(entry.name, entry.command.apply(terminal));
    }
    // Only now: a provider that subcommands inherit would be asked, at a cost, whatever is run.
    cria.getCommandSpec().versionProvider(new VersionText());
    cria.getSubcommands().values().forEach(command -> command.getCommandSpec().versionProvider(new VersionText()));
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
    if (args.length > 0 && RUNNING.contains(args[0])) {
      Ahead.begin();
    }
    FailureReport report = new FailureReport(terminal, Arrays.asList(args).contains("--stacktrace"));
    CommandLine cria = create(terminal, wanted(args))
        .setParameterExceptionHandler((exception, given) -> report.usage(exception))
        .setExecutionExceptionHandler((exception, command, parsed) -> report.failure(exception));
    try {
      return cria.execute(args);
    } catch (OutOfMemoryError | InternalError e) { // of all errors, those that a large or changing model file causes
      return report.failure(e);
    }
  }

  /**
   * The commands to read: the one that is named first, as nearly always, or all.
   *
   * <p>Reading the options of a command costs some 20 milliseconds in a process that has just begun.
   */
  private static List<Entry> wanted(String[] args) {
    return COMMANDS.stream()
        .filter(entry -> args.length > 0 && entry.name.equals(args[0]) && !ASKING.contains(entry.name))
        .findFirst().map(List::of).orElse(COMMANDS);
  }
}
