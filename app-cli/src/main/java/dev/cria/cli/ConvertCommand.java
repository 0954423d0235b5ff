package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormat;
import dev.cria.checkpoints.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cria convert}: the same model in another format. */
@Command(name = "convert", description = "Write a model in another format.", customSynopsis = {
    "cria convert MODEL --to FORMAT --out FILE"}, parameterListHeading = "%n", footer = {
        "",
        "llama2c-v0 and llama2c-v1 hold F32; llama2c-v2 holds int8 in groups of 64, so that a",
        "model takes about a quarter. FILE is written whole or not at all. The tokenizer is not",
        "in these files: keep tokenizer.bin beside them.",
        "",
        "Example:",
        "  cria convert stories15M.bin --to llama2c-v2 --out stories15M-int8.bin"})
final class ConvertCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file or folder.") private @Nullable Path model;

  @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "Name of the format to write.") private @Nullable String to;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where it goes; what is there is replaced.") private @Nullable Path out;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override public Integer call() throws IOException {
    if (model == null || to == null || out == null) {
      throw new UsageException("MODEL, --to and --out are needed.");
    }
    CheckpointFiles files = CheckpointFiles.load(PluginClassLoader.get());
    List<CheckpointFormat> writers = files.formats().stream().filter(CheckpointFormat::writes).toList();
    CheckpointFormat format = writers.stream().filter(writer -> writer.name().equals(to)).findFirst()
        .orElseThrow(
            () -> new UsageException("--to must name a format that can be written, got '" + to + "'. Available: "
                + writers.stream().map(CheckpointFormat::name).sorted().collect(Collectors.joining(", ")) + "."));
    try (Checkpoint checkpoint = files.open(model)) {
      if (Files.isDirectory(out)) {
        throw new UsageException("--out " + out + " is a folder; name a file in it.");
      }
      if (Files.exists(out) && Files.isSameFile(out, model)) {
        throw new UsageException("--out " + out + " is the model itself; name another file.");
      }
      format.write(checkpoint, out);
    }
    terminal
        .say(String.format(Locale.ROOT, "cria: wrote %s (%s, %s)", out, format.name(), ByteSize.of(Files.size(out))));
    return ExitCode.SUCCESS;
  }
}
