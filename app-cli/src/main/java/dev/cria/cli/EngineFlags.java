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
    return threads == null ? standardThreads() : threads("--threads", threads);
  }

  /** How many there are where nothing is said. */
  static int standardThreads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** A number of threads that an option asks for. */
  static int threads(String option, String text) {
    return Numbers.whole(option, text, 1, MOST_THREADS);
  }
}
