package dev.cria.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code cria} itself: without a command it shows its help. */
@Command(name = "cria", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, synopsisHeading = "Usage: ", customSynopsis = "cria COMMAND [OPTIONS]", description = "Cria runs Llama models on the JVM.", commandListHeading = "%nCommands:%n", footer = {
    "",
    "Examples:",
    "  cria run                              a story from the built-in model",
    "  cria run stories15M.bin               a story",
    "  cria run stories15M.bin 0 -i \"Once\"   the likeliest story that begins so",
    "  cria run --help                       all that it can do",
    "",
    "Exit codes:",
    "  0    success",
    "  1    a bad file, or something failed",
    "  2    a wrong command line",
    "  130  ended by Ctrl-C",
    "  141  whoever read the output went away"})
final class Cria implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // it counts even where parsing fails, so CommandLines looks for it itself
  @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where in the program an error came from.") private boolean stacktrace;

  @Override public void run() {
    CommandLine cria = Objects.requireNonNull(spec, "picocli sets spec").commandLine();
    cria.usage(cria.getOut());
  }
}
