package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.checkpoints.SyntheticShape;
import dev.cria.inference.BackendSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria bench}: how fast a model runs. */
@Command(name = "bench", description = "Measure how fast a model runs, as llama-bench does.", customSynopsis = "cria bench [MODEL | --synthetic SHAPE] [OPTIONS]", parameterListHeading = "%n", footer = {
    "",
    "Every test runs on every backend with every number of threads. ppN takes in a",
    "prompt of N tokens, in batches as 'cria run' does, with logits for the last one;",
    "tgN generates N tokens one by one. Tokens are random: choosing them costs nothing.",
    "Results are the mean of tokens per second and the sample's standard deviation.",
    "Lengths beyond the context of the model are refused.",
    "",
    "Before it is timed, a test is repeated until a round of half a second or more in",
    "which the JVM compiles for less than a fiftieth of the time; after 15 seconds it is timed",
    "anyway. Different backends share one JVM; for the purest figures, run one each.",
    "",
    "Examples:",
    "  cria bench stories15M.bin",
    "  cria bench stories15M.bin -p 64,256 -n 0 -t 1,2 -b vector,scalar",
    "  cria bench --synthetic 288x768x6x6x6x32000x1024 -o json >result.json"})
final class BenchCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = {
      "Model file. Default: the small model that is built in."}) private @Nullable Path model;

  @Option(names = "--synthetic", paramLabel = "SHAPE", description = {
      "Random weights instead of a file, the same each time: " + SyntheticShape.FORM
          + ". The classifier is shared with the token embedding."}) private @Nullable String synthetic;

  @Mixin private BenchFlags flags = new BenchFlags();

  @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "md", description = {
      "How results are written: md (a table), json or csv. Default: md."}) private String format = "md";

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    BenchRequest request = flags.read();
    BenchFormat rows = BenchFormat.of(format);
    BackendSelector backends = BackendSelector.of(PluginClassLoader.get());
    try (Checkpoint checkpoint = open()) {
      new BenchRun(terminal, backends).run(checkpoint, request, rows);
    }
    return ExitCode.SUCCESS;
  }

  private Checkpoint open() throws IOException {
    if (synthetic == null) {
      return ModelFiles.of(terminal).open(Optional.ofNullable(model));
    }
    if (model != null) {
      throw new UsageException("The model is given twice, as the file " + model + " and by --synthetic; keep one.");
    }
    return SyntheticModel.open(synthetic);
  }
}
