package dev.cria.cli;

import dev.cria.api.kernel.Kernel;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.KernelChoice;
import dev.cria.training.Recipe;
import dev.cria.training.TextFiles;
import dev.cria.training.TrainingFolder;
import dev.cria.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria train}: from plain text to a model. */
@Command(name = "train", description = "Train a model from plain text.", customSynopsis = "cria train TEXT... --out DIR [OPTIONS]", parameterListHeading = "%n", footer = {
    "",
    "Documents stand between lines of <|endoftext|>; a file without any is one. DIR will",
    "hold model.bin and tokenizer.bin, which every other command reads, loss.csv,",
    "loss.png, and what --resume needs. Ctrl-C saves and ends.",
    "",
    "Examples:",
    "  cria train stories.txt --out mine --epochs 10",
    "  cria train stories.txt --out mine --resume",
    "  cria run mine/model.bin"})
final class TrainCommand implements Callable<Integer> {

  private static final long PATIENCE_SECONDS = 600; // for the step at hand and the checkpoint

  private final Terminal terminal;

  @Parameters(index = "0..*", arity = "0..*", paramLabel = "TEXT", description = "Files of plain text in UTF-8.") private List<Path> texts = List
      .of();

  @Option(names = "--out", paramLabel = "DIR", description = "Where everything is written.") private @Nullable Path out;

  @Option(names = "--resume", description = {
      "Go on with the run in DIR, on the same text, to the very bits it would have come to uninterrupted."}) private boolean resume;

  @Option(names = "--settings", description = "List all settings of the recipe and end.") private boolean settings;

  @Mixin private TrainFlags flags = new TrainFlags();

  @Mixin private EngineFlags engine = new EngineFlags();

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    if (settings) {
      terminal.out().print(flags.recipe().properties());
      return ExitCode.SUCCESS;
    }
    if (texts.isEmpty() || out == null) {
      throw new UsageException("TEXT and --out are needed.");
    }
    if (resume && flags.namesPreset()) {
      throw new UsageException("--resume goes without --preset: the run in " + out + " has its own shape.");
    }
    int threads = engine.threads();
    KernelChoice choice = BackendSelector.of(PluginClassLoader.get()).kernel(engine.backend());
    TrainingFolder folder = new TrainingFolder(out);
    try (TrainingRun run = open(folder, choice.kernel(), threads)) {
      terminal.say(
          String.format(Locale.ROOT, "cria: %,d weights, %s of memory, %,d tokens, %,d steps%s; backend %s, threads %d",
              run.parameters(), ByteSize.of(run.recipe().memory()), run.tokens(), run.steps(),
              run.step() > 0 ? " of which " + run.step() + " are taken" : "",
              choice.name(), threads));
      TrainReport report = new TrainReport(terminal, folder, choice.name());
      boolean ended;
      try (var _ = Interruption.cancelling(run::cancel, PATIENCE_SECONDS)) {
        ended = run.run(report);
        report.finished(run.step(), ended);
      }
      return ended ? ExitCode.SUCCESS : ExitCode.INTERRUPTED;
    }
  }

  private TrainingRun open(TrainingFolder folder, Kernel kernel, int threads) throws IOException {
    if (resume) {
      return TrainingRun.resume(folder, flags.settings(), TextFiles.read(texts), kernel, threads);
    }
    Recipe recipe = flags.recipe();
    List<String> documents = TextFiles.read(texts);
    terminal.say(String.format(Locale.ROOT, "cria: %,d document%s; learning a vocabulary", documents.size(),
        documents.size() == 1 ? "" : "s"));
    return TrainingRun.begin(recipe, folder, documents, kernel, threads);
  }
}
