package dev.cria.cli;

import com.google.inject.Inject;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.sampling.Sampler;
import dev.cria.inference.Backend;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.FoundTokenizer;
import dev.cria.inference.Generation;
import dev.cria.inference.StopReason;
import dev.cria.inference.StopTokens;
import dev.cria.inference.TextListener;
import dev.cria.inference.TokenTexts;
import dev.cria.inference.TokenizerFinder;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.StreamDecoder;
import dev.cria.tokenizers.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalInt;

/** Opens a model, generates a text and tells how it went. */
final class TextRun {

  private static final int STEPS = 256; // as in llama2.c
  private static final Duration COLD = Duration.ofMillis(1500);
  private static final int COMPILERS = 2; // threads of the JVM that compile while the program runs
  static final int PROMPT_BATCH = 256; // tokens of a prompt that are run at a time

  private final Terminal terminal;
  private final EngineOptions options;
  private final ModelFiles models;
  private final BackendSelector backends;
  private final TokenizerFinder tokenizers;

  @Inject TextRun(Terminal terminal, EngineOptions options, ModelFiles models, BackendSelector backends,
      TokenizerFinder tokenizers) {
    this.terminal = terminal;
    this.options = options;
    this.models = models;
    this.backends = backends;
    this.tokenizers = tokenizers;
  }

  /**
   * Runs.
   *
   * @return the exit code
   */
  int run(RunRequest request) throws IOException {
    long began = System.nanoTime();
    SamplerMaker samplers = SamplerMaker.of(request.sampling());
    Backend backend = backends.select(options.backend());
    try (Checkpoint checkpoint = models.open(options.model())) {
      ModelConfiguration c = checkpoint.configuration();
      int context = context(request.text(), c);
      int steps = steps(request, context);
      FoundTokenizer found = tokenizers.find(checkpoint, options.model(), request.text().tokenizer());
      int[] prompt = found.tokenizer().encode(request.prompt(), EncodeOptions.PROMPT);
      if (prompt.length > context) {
        throw new UsageException("The prompt has " + prompt.length + " tokens, but the context holds " + context
            + "; shorten it" + (context < c.contextLength() ? ", or raise --context." : "."));
      }
      long seed = request.sampling().givenSeed().orElseGet(TextRun::clock);
      Sampler sampler = samplers.make(new TokenTexts(found.tokenizer(), c.vocabSize()), seed);
      RunReport report = new RunReport(terminal, request.sampling(), request.verbose(), checkpoint, backend,
          options.threads());
      report.seed(seed);
      try (
          ModelExecutor executor = backend.open(checkpoint,
              new ExecutorOptions(Math.min(prompt.length, PROMPT_BATCH), context, options.threads(), alone(options)));
          Generation generation = new Generation(executor, sampler, prompt,
              StopTokens.of(checkpoint, found.tokenizer().vocabulary()))) {
        report.loaded(System.nanoTime() - began, found.origin());
        return tell(generation, steps, found.tokenizer(), request, report);
      }
    }
  }

  /** How long one thread runs, so that the compilers have a core: measured, see docs/decisions/0014. */
  static Duration alone(EngineOptions options) {
    int left = Runtime.getRuntime().availableProcessors() - options.threads();
    return left < COMPILERS ? COLD : Duration.ZERO;
  }

  private int tell(Generation generation, int steps, Tokenizer tokenizer, RunRequest request, RunReport report)
      throws IOException {
    StreamDecoder decoder = request.text().llama2cOutput()
        ? StreamDecoder.llama2c(tokenizer)
        : StreamDecoder.utf8(tokenizer);
    OptionalInt logProbabilities = request.text().logProbabilities();
    TextListener listener = new TextListener(generation, decoder, request.text().stopStrings(),
        logProbabilities.isPresent() ? text -> {} : this::print);
    logProbabilities.ifPresent(top -> listener.tellingTokens(top, token -> print(TokenLine.of(token, tokenizer))));
    try (var _ = Interruption.cancelling(generation::cancel)) {
      StopReason reason = listener.end(generation.run(steps, listener));
      if (logProbabilities.isEmpty()) {
        print("\n");
      }
      report.finished(reason, generation.figures());
      return reason == StopReason.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
    }
  }

  private void print(String text) {
    try {
      terminal.out().print(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Positions to make room for. */
  static int context(TextChoice text, ModelConfiguration c) {
    int context = text.context().orElse(c.contextLength());
    if (context > c.contextLength()) {
      throw new UsageException("--context must be in [1, " + c.contextLength()
          + "], what the model was made for, got '" + context + "'.");
    }
    return context;
  }

  private static int steps(RunRequest request, int context) {
    int steps = request.text().steps().orElse(Math.min(STEPS, context));
    if (steps > context) {
      throw new UsageException("The number of steps (-n) must be in [0, " + context
          + "], as many as the context holds, got '" + steps + "'; 0 stands for all of it.");
    }
    return steps == 0 ? context : steps;
  }

  /** A seed from the clock: seconds, as in llama2.c. */
  static long clock() {
    return System.currentTimeMillis() / 1000;
  }
}
