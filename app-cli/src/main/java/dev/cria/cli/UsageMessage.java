package dev.cria.cli;

import dev.cria.api.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What to say of a command line that could not be parsed. */
final class UsageMessage {

  private UsageMessage() {}

  static String of(ParameterException exception) {
    if (exception instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String argument = unmatched.getUnmatched().getFirst();
      CommandLine command = exception.getCommandLine();
      if (argument.startsWith("-") && argument.length() > 1) {
        return unknownOption(command, argument);
      }
      return command.getParent() == null
          ? unknownCommand(command, argument)
          : "Unexpected argument '" + argument + "' of " + command.getCommandSpec().qualifiedName() + ".";
    }
    String message = String.valueOf(exception.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }

  static String unknownCommand(CommandLine cria, String argument) {
    if (argument.contains(".") || argument.contains("/") || argument.contains("\\")) {
      return "'" + argument + "' is no command. To run a model: cria run " + argument + ".";
    }
    List<String> names = List.copyOf(cria.getSubcommands().keySet());
    return "Unknown command '" + argument + "'. Available: " + String.join(", ", names) + "."
        + NearestName.of(argument, names).map(name -> " Did you mean '" + name + "'?").orElse("");
  }

  private static String unknownOption(CommandLine command, String argument) {
    String name = argument.replaceFirst("=.*", "");
    String message = "Unknown option '" + name + "'.";
    Optional<CommandLine> owner = command.getSubcommands().values().stream()
        .filter(sub -> sub.getCommandSpec().findOption(name) != null).findFirst();
    if (owner.isPresent()) {
      return message + " It belongs after a command, as in '" + owner.get().getCommandSpec().qualifiedName() + " "
          + name + "'.";
    }
    List<String> names = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      names.addAll(option.hidden() ? List.of() : List.of(option.names()));
    }
    String written = name.startsWith("--") ? name : "-" + name; // -prompt was meant as --prompt
    return message + NearestName.of(written, names.stream().filter(n -> n.startsWith("--")).toList())
        .map(near -> " Did you mean '" + near + "'?").orElse("");
  }
}
