package dev.cria.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cria completion}: lets a shell complete commands and options. */
@Command(name = "completion", description = "Print a script that completes commands and options.", customSynopsis = "cria completion [SHELL]", parameterListHeading = "%n", footer = {
    "",
    "For this shell only:",
    "  source <(cria completion)",
    "For every new bash:",
    "  cria completion >~/.local/share/bash-completion/completions/cria",
    "For every new zsh, add to ~/.zshrc after compinit:",
    "  source <(cria completion zsh)"})
final class CompletionCommand implements Callable<Integer> {

  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", defaultValue = "bash", description = {
      "bash or zsh; one script serves both."}) private String shell = "bash";

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    if (!SHELLS.contains(shell)) {
      throw new UsageException("There is no completion for the shell '" + shell + "'. Available: bash, zsh.");
    }
    CommandLine cria = CommandLines.create(terminal);
    terminal.out().print(AutoComplete.bash("cria", cria));
    return ExitCode.SUCCESS;
  }
}
