package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.checkpoints.CheckpointSummary;
import dev.cria.inference.Backend;
import dev.cria.inference.ChatAnswer;
import dev.cria.inference.GenerationFigures;
import dev.cria.inference.StopReason;
import java.util.Locale;

/** The figures of a run, on standard error. */
final class RunReport {

  private final Terminal terminal;
  private final SamplingChoice sampling;
  private final boolean verbose;
  private final Checkpoint checkpoint;
  private final Backend backend;
  private final int threads;
  private long seed;
  private long loadNanos;
  private String tokenizer = "";
  private String template = "";

  RunReport(Terminal terminal, SamplingChoice sampling, boolean verbose, Checkpoint checkpoint, Backend backend,
      int threads) {
    this.terminal = terminal;
    this.sampling = sampling;
    this.verbose = verbose;
    this.checkpoint = checkpoint;
    this.backend = backend;
    this.threads = threads;
  }

  /** The seed that is used. */
  void seed(long used) {
    seed = used;
  }

  /** The template that a conversation is written in, and why. */
  void template(String used) {
    template = used;
  }

  /** The model is ready. */
  void loaded(long nanos, String tokenizerOrigin) {
    loadNanos = nanos;
    tokenizer = tokenizerOrigin;
  }

  /** Says what runs. */
  void opened() throws CheckpointFormatException {
    line("model", checkpoint.source() + " (" + checkpoint.format() + ", " + ByteSize.of(checkpoint.byteSize())
        + "), loaded in " + time(loadNanos));
    if (verbose) {
      more();
    }
    line("backend", backend.name() + ": " + backend.reason() + "; " + count(threads, "thread"));
    if (!template.isEmpty()) {
      line("template", template);
    }
    if (verbose || (sampling.draws() && sampling.givenSeed().isEmpty())) {
      line("seed", seed + (sampling.draws() ? "" : " (unused: temperature 0)"));
    }
  }

  /** Says all there is to say, after the text. */
  void finished(StopReason reason, GenerationFigures figures) throws CheckpointFormatException {
    opened();
    line("prompt", count(figures.promptTokens(), "token") + " in " + time(figures.promptNanos())
        + rate(figures.promptTokensPerSecond()));
    line("text", count(figures.generatedTokens(), "token") + " in " + time(figures.generationNanos())
        + rate(figures.generationTokensPerSecond()) + "; " + ended(reason));
    line("memory", PeakMemory.describe());
    if (figures.llama2cTokensPerSecond() > 0) {
      terminal.say(String.format(Locale.ROOT, "achieved tok/s: %f", figures.llama2cTokensPerSecond()));
    }
  }

  /** Says in one line how an answer went. */
  void answered(ChatAnswer answer) {
    ChatAnswer.Usage usage = answer.usage();
    terminal
        .say("[prompt " + count(usage.promptTokens(), "token") + ", " + usage.reusedTokens()
            + " of them in the cache; answer "
            + count(usage.answerTokens(), "token") + rate(answer.figures().generationTokensPerSecond()) + "; "
            + ended(answer) + "]");
  }

  private void more() throws CheckpointFormatException {
    ModelConfiguration c = checkpoint.configuration();
    line("", String.format(Locale.ROOT, "%,d parameters; dim %d, hiddenDim %d, layers %d, heads %d, kvHeads %d,"
        + " vocabSize %d, context %d", CheckpointSummary.of(checkpoint).parameters(), c.dim(), c.hiddenDim(),
        c.layers(),
        c.heads(), c.kvHeads(), c.vocabSize(), c.contextLength()));
    line("tokenizer", tokenizer);
    line("sampling", sampling.sampler()
        .orElse("temperature " + sampling.temperature() + ", top-p " + sampling.topP()));
  }

  private void line(String name, String value) {
    terminal.say(String.format(Locale.ROOT, "%-9s %s", name, value));
  }

  private static String ended(ChatAnswer answer) {
    if (answer.reason() != StopReason.LENGTH) {
      return ended(answer.reason());
    }
    return answer.usage().contextFull() ? "ended by the end of the context" : "ended by max-tokens";
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
