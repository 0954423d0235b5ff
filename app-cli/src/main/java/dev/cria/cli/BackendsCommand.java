package dev.cria.cli;

import dev.cria.api.Provider;
import dev.cria.api.Providers;
import dev.cria.api.executor.ModelExecutorProvider;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.api.kernel.KernelUnavailableException;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.KernelChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cria backends}: what could run a model here, and what would. */
@Command(name = "backends", description = "List the backends: where each comes from, and whether it can run here.", customSynopsis = "cria backends [OPTIONS]", footer = {
    "",
    "A backend of grade 'exact' gives the same bits as every other of that grade;",
    "one of grade 'bounded' stays within a rounding bound. Those that end in '-int8'",
    "have bits of their own: they round what weights of type Q4_0 and Q4_K are",
    "multiplied by, which is faster, and run only if they are named, as executors",
    "(experimental) do.",
    "Plugins: jars on CRIA_CLASSPATH, or in 'plugins' beside the launcher."})
final class BackendsCommand implements Callable<Integer> {

  private final Terminal terminal;

  BackendsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    terminal.out().print(describe(BackendSelector.of(PluginClassLoader.get())));
    return ExitCode.SUCCESS;
  }

  private String describe(BackendSelector selector) {
    Providers<KernelProvider> kernels = selector.kernels().providers();
    Providers<ModelExecutorProvider> executors = selector.executors();
    Table table = new Table(terminal.width());
    table.row(" ", "NAME", "KIND", "GRADE", "PRIORITY", "FROM");
    Optional<String> best = kernels.best().map(Provider::name);
    for (Providers.Found<KernelProvider> found : byPriority(kernels)) {
      String name = found.provider().name();
      add(table, best.filter(name::equals).isPresent() ? "*" : " ", found, "kernel",
          found.provider().grade().name().toLowerCase(Locale.ROOT));
    }
    for (Providers.Found<ModelExecutorProvider> found : byPriority(executors)) {
      add(table, " ", found, "executor", "-");
    }
    return table.render() + "\n" + broken(kernels.broken(), executors.broken()) + choice(selector);
  }

  private static void add(Table table, String mark, Providers.Found<?> found, String kind, String grade) {
    Provider provider = found.provider();
    table.row(mark, provider.name(), kind, grade, Integer.toString(provider.priority()), found.origin());
    found.availability().reason().ifPresent(reason -> table.remark("cannot run here: " + reason));
  }

  private static <T extends Provider> List<Providers.Found<T>> byPriority(Providers<T> providers) {
    return providers.found().stream()
        .sorted(Comparator.comparingInt((Providers.Found<T> found) -> found.provider().priority()).reversed()).toList();
  }

  private String broken(List<Providers.Broken> kernels, List<Providers.Broken> executors) {
    List<Providers.Broken> all = new ArrayList<>(kernels);
    all.addAll(executors);
    StringBuilder out = new StringBuilder();
    for (Providers.Broken broken : all) {
      out.append(Table.paragraph("", "Broken: " + broken.className() + " from " + broken.origin(), terminal.width()))
          .append(Table.paragraph("    ", broken.reason(), terminal.width()));
    }
    return all.isEmpty() ? "" : out.append('\n').toString();
  }

  private String choice(BackendSelector selector) {
    String sentence;
    try {
      KernelChoice choice = selector.kernel(Optional.empty());
      sentence = "Without --backend, " + choice.name() + " runs: " + choice.reason() + ".";
    } catch (KernelUnavailableException e) {
      sentence = "Without --backend, nothing runs. " + e.getMessage();
    }
    return Table.paragraph("", sentence, terminal.width());
  }
}
