package dev.cria.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The order of help texts: commands before options, and each class of options under its heading before all others. */
final class HelpLayout {

  /*
   * Options come from classes that are mixed in, not from picocli's groups: a group takes an option that is written twice for
   * the beginning of a second group, and forgets the first.
   */
  private HelpLayout() {}

  /** Lays out the help of a command and of those below it. */
  static void apply(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false);
    command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, HelpLayout::options);
    List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
    sections.remove(SECTION_KEY_OPTION_LIST_HEADING);
    sections.remove(SECTION_KEY_OPTION_LIST);
    sections.add(sections.indexOf(SECTION_KEY_COMMAND_LIST) + 1, SECTION_KEY_OPTION_LIST);
    command.setHelpSectionKeys(sections);
    command.getSubcommands().values().forEach(HelpLayout::apply);
  }

  private static String options(Help help) {
    List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
    StringBuilder out = new StringBuilder();
    for (CommandSpec mixin : help.commandSpec().mixins().values()) {
      String heading = mixin.usageMessage().optionListHeading();
      if (!heading.isEmpty()) {
        out.append(section(help, heading, mixin.options()));
        others.removeAll(mixin.options());
      }
    }
    return out + section(help, out.isEmpty() ? "%nOptions:%n" : "%nOther options:%n", others);
  }

  private static String section(Help help, String heading, List<OptionSpec> options) {
    return help.createHeading(heading)
        + help.optionListExcludingGroups(options.stream().filter(option -> !option.hidden()).toList());
  }
}
