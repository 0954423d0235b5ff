package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.KernelChoice;
import dev.cria.inference.MemoryEstimate;
import dev.cria.inference.Obstacles;
import dev.cria.inference.TokenizerFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria inspect}: what is in a model file, and what it needs. */
@Command(name = "inspect", description = "Show what is in a model file and how much memory it needs.", customSynopsis = "cria inspect [MODEL] [OPTIONS]", parameterListHeading = "%n", footer = {
    "", "Nothing but the header is read, however large the model is. What would keep it",
    "from running is said, too: of a model that cannot run, all the rest is shown."})
final class InspectCommand implements Callable<Integer> {

  private static final int ROWS = 256; // of a prompt, as cria run takes them

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = {
      "Model file or folder. Default: the small model that is built in."}) private @Nullable Path model;

  @Option(names = "--tensors", description = "List the tensors of every layer, not of the first alone.") private boolean allTensors;

  @Mixin private EngineFlags engine = new EngineFlags();

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    int threads = engine.threads();
    BackendSelector backends = BackendSelector.of(PluginClassLoader.get());
    KernelChoice kernel = backends.kernel(engine.backend());
    try (Checkpoint checkpoint = ModelFiles.of(terminal).open(Optional.ofNullable(model))) {
      List<String> obstacles = new ArrayList<>(Obstacles.of(checkpoint, kernel.kernel()));
      Optional<MemoryEstimate> memory = Optional.empty();
      if (obstacles.isEmpty()) {
        int context = checkpoint.configuration().contextLength();
        memory = Optional.of(MemoryEstimate.of(checkpoint, kernel.kernel(), backends.cacheEncoding(),
            new ExecutorOptions(Math.min(ROWS, context), context, threads)));
        memory.flatMap(MemoryEstimate::shortage).ifPresent(obstacles::add);
      }
      tokenizerObstacle(checkpoint).ifPresent(obstacles::add);
      terminal.out().print(new Inspection(checkpoint, terminal.width()).describe(obstacles, memory, kernel.name(),
          allTensors));
    }
    return ExitCode.SUCCESS;
  }

  private static Optional<String> tokenizerObstacle(Checkpoint checkpoint) {
    if (checkpoint.vocabulary().isPresent()) {
      try {
        TokenizerFinder.inside(checkpoint, checkpoint.vocabulary().get());
      } catch (CheckpointFormatException e) {
        return Optional.of(e.problem());
      }
    }
    return Optional.empty();
  }
}
