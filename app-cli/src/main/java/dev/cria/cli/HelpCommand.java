package dev.cria.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cria help}: the same as {@code --help}. */
@Command(name = "help", helpCommand = true, description = "Show the help of a command.", customSynopsis = "cria help [COMMAND]", parameterListHeading = "%n")
final class HelpCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "Default: cria itself.") private @Nullable String command;

  @Override public Integer call() {
    CommandLine cria = Objects.requireNonNull(spec, "picocli sets spec").commandLine().getParent();
    (command == null ? cria : subcommand(cria, command)).usage(cria.getOut());
    return ExitCode.SUCCESS;
  }

  private static CommandLine subcommand(CommandLine cria, String name) {
    CommandLine found = cria.getSubcommands().get(name);
    if (found == null) {
      throw new UsageException(UsageMessage.unknownCommand(cria, name));
    }
    return found;
  }
}
