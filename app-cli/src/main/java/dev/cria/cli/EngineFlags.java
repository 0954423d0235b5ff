package dev.cria.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say what runs the model. */
@Command(optionListHeading = "%nThe engine:%n")
final class EngineFlags {

  private static final int MOST_THREADS = 1024;

  @Option(names = "--backend", paramLabel = "NAME", description = {
      "What does the arithmetic; 'cria backends' lists them. Default: the best that can run here."}) private @Nullable String backend;

  @Option(names = "--threads", paramLabel = "N", description = {
      "CPU threads to use. Default: one per processor. The result is the same for any number."}) private @Nullable String threads;

  Optional<String> backend() {
    return Optional.ofNullable(backend);
  }

  int threads() {
    return threads == null
        ? Runtime.getRuntime().availableProcessors()
        : Numbers.whole("--threads", threads, 1, MOST_THREADS);
  }
}
