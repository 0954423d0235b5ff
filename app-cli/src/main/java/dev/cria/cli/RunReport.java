package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.checkpoints.CheckpointSummary;
import dev.cria.inference.Backend;
import dev.cria.inference.GenerationFigures;
import dev.cria.inference.StopReason;
import java.util.Locale;

/** The figures of a run, on standard error. */
final class RunReport {

  private final Terminal terminal;
  private final RunRequest request;
  private final Checkpoint checkpoint;
  private final Backend backend;
  private final int threads;
  private long seed;
  private long loadNanos;
  private String tokenizer = "";

  RunReport(Terminal terminal, RunRequest request, Checkpoint checkpoint, Backend backend, int threads) {
    this.terminal = terminal;
    this.request = request;
    this.checkpoint = checkpoint;
    this.backend = backend;
    this.threads = threads;
  }

  /** The seed that is used. */
  void seed(long used) {
    seed = used;
  }

  /** The model is ready. */
  void loaded(long nanos, String tokenizerOrigin) {
    loadNanos = nanos;
    tokenizer = tokenizerOrigin;
  }

  /** Says all there is to say, after the text. */
  void finished(StopReason reason, GenerationFigures figures) throws CheckpointFormatException {
    line("model", checkpoint.source() + " (" + checkpoint.format() + ", " + ByteSize.of(checkpoint.byteSize())
        + "), loaded in " + time(loadNanos));
    if (request.verbose()) {
      more();
    }
    line("backend", backend.name() + ": " + backend.reason() + "; " + count(threads, "thread"));
    if (request.verbose() || (request.sampling().draws() && request.sampling().givenSeed().isEmpty())) {
      line("seed", seed + (request.sampling().draws() ? "" : " (unused: temperature 0)"));
    }
    line("prompt", count(figures.promptTokens(), "token") + " in " + time(figures.promptNanos())
        + rate(figures.promptTokensPerSecond()));
    line("text", count(figures.generatedTokens(), "token") + " in " + time(figures.generationNanos())
        + rate(figures.generationTokensPerSecond()) + "; " + ended(reason));
    line("memory", PeakMemory.describe());
    if (figures.llama2cTokensPerSecond() > 0) {
      terminal.say(String.format(Locale.ROOT, "achieved tok/s: %f", figures.llama2cTokensPerSecond()));
    }
  }

  private void more() throws CheckpointFormatException {
    ModelConfiguration c = checkpoint.configuration();
    line("", String.format(Locale.ROOT, "%,d parameters; dim %d, hiddenDim %d, layers %d, heads %d, kvHeads %d,"
        + " vocabSize %d, context %d", CheckpointSummary.of(checkpoint).parameters(), c.dim(), c.hiddenDim(),
        c.layers(),
        c.heads(), c.kvHeads(), c.vocabSize(), c.contextLength()));
    line("tokenizer", tokenizer);
    line("sampling", request.sampling().sampler()
        .orElse("temperature " + request.sampling().temperature() + ", top-p " + request.sampling().topP()));
  }

  private void line(String name, String value) {
    terminal.say(String.format(Locale.ROOT, "%-9s %s", name, value));
  }

  private static String ended(StopReason reason) {
    return switch (reason) {
      case STOP_TOKEN -> "the model ended it";
      case STOP_STRING -> "a stop string ended it";
      case LENGTH -> "ended by the number of steps";
      case CANCELLED -> "interrupted";
      case LISTENER -> "no more was wanted";
    };
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String time(long nanos) {
    double seconds = nanos / 1e9;
    return String.format(Locale.ROOT, seconds < 1 ? "%.1f ms" : "%.2f s", seconds < 1 ? seconds * 1000 : seconds);
  }

  private static String rate(double perSecond) {
    return perSecond > 0 ? String.format(Locale.ROOT, ", %.1f tokens/s", perSecond) : "";
  }
}
