package dev.cria.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** The arguments of the programs that run others: {@code [--rounds N] {[--name NAME] [--in FOLDER] --cmd COMMAND}…}. */
final class CommandArguments {

  private static final String ROUNDS = "rounds";
  private static final String NAME = "name";
  private static final String FOLDER = "in";
  private static final String COMMAND = "cmd";
  private static final int DEFAULT_ROUNDS = 7;

  private final CommandLine line;

  private CommandArguments(CommandLine line) {
    this.line = line;
  }

  /** Reads arguments; {@code more} are the names of further options that take a value. */
  static CommandArguments parse(List<String> more, String... args) {
    Options options = new Options();
    for (String name : List.of(ROUNDS, NAME, FOLDER, COMMAND)) {
      options.addOption(Option.builder().longOpt(name).hasArg().get());
    }
    for (String name : more) {
      options.addOption(Option.builder().longOpt(name).hasArg().get());
    }
    DefaultParser parser = DefaultParser.builder().setAllowPartialMatching(false)
        .setStripLeadingAndTrailingQuotes(false)
        .get();
    try {
      return new CommandArguments(parser.parse(options, args));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** How often everything runs: {@code --rounds}, or 7. */
  int rounds() {
    return line.hasOption(ROUNDS) ? positive(ROUNDS, value(ROUNDS)) : DEFAULT_ROUNDS;
  }

  /** The values of an option that takes several, separated by commas. */
  List<String> values(String option, String otherwise) {
    return List.of((line.hasOption(option) ? value(option) : otherwise).split(",", -1));
  }

  /** What is no option. */
  List<String> others() {
    return line.getArgList();
  }

  /** The commands in their order, each with the {@code --name} and {@code --in} that stand before it. */
  List<ExternalCommand> commands() {
    List<ExternalCommand> commands = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String name = "";
    String folder = "";
    for (Option option : line.getOptions()) {
      switch (option.getLongOpt()) {
        case NAME -> name = option.getValue();
        case FOLDER -> folder = option.getValue();
        case COMMAND -> {
          List<String> words = CommandWords.of(option.getValue());
          String called = name.isEmpty() ? Objects.toString(Path.of(words.getFirst()).getFileName()) : name;
          if (!names.add(called)) {
            throw new IllegalArgumentException(
                "two commands are called " + called + "; give each a --name before its --cmd");
          }
          commands.add(new ExternalCommand(called, words, Path.of(folder)));
          name = "";
          folder = "";
        }
        default -> {}
      }
    }
    if (!name.isEmpty() || !folder.isEmpty()) {
      throw new IllegalArgumentException("--name and --in stand before the --cmd that they belong to; none follows "
          + (name.isEmpty() ? "--in " + folder : "--name " + name));
    }
    return commands;
  }

  /** A whole number from 1 on. */
  static int positive(String what, String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " must be a whole number, got '" + text + "'", e);
    }
    if (number < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + text);
    }
    return number;
  }

  private String value(String option) {
    return Objects.requireNonNull(line.getOptionValue(option), option);
  }
}
