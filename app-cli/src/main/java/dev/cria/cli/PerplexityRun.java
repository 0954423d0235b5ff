package dev.cria.cli;

import com.google.inject.Inject;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.inference.Backend;
import dev.cria.inference.BackendSelector;
import dev.cria.inference.Batch;
import dev.cria.inference.TokenizerFinder;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.Tokenizer;
import dev.cria.training.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs every document of a text through a model and adds up how surprised it is. */
final class PerplexityRun {

  private static final int ROWS = 128; // at a time: enough for the kernels

  private final Terminal terminal;
  private final EngineOptions options;
  private final ModelFiles models;
  private final BackendSelector backends;
  private final TokenizerFinder tokenizers;

  @Inject PerplexityRun(Terminal terminal, EngineOptions options, ModelFiles models, BackendSelector backends,
      TokenizerFinder tokenizers) {
    this.terminal = terminal;
    this.options = options;
    this.models = models;
    this.backends = backends;
    this.tokenizers = tokenizers;
  }

  void run(Path file, Optional<Path> tokenizerFile) throws IOException {
    Backend backend = backends.select(options.backend());
    List<String> documents = TextFiles.read(List.of(file));
    try (Checkpoint checkpoint = models.open(options.model())) {
      Tokenizer tokenizer = tokenizers.find(checkpoint, options.model(), tokenizerFile).tokenizer();
      int context = checkpoint.configuration().contextLength();
      if (context < 2) {
        throw new IOException(checkpoint.source() + ": its context is " + context + ", expected 2 positions at least");
      }
      try (ModelExecutor executor = backend.open(checkpoint,
          new ExecutorOptions(Math.min(ROWS, context), context, options.threads()))) {
        measure(executor, tokenizer, documents);
      }
    }
  }

  private void measure(ModelExecutor executor, Tokenizer tokenizer, List<String> documents) throws IOException {
    Surprise surprise = new Surprise(executor, tokenizer.vocabulary().special().bos().orElseThrow(
        () -> new IllegalArgumentException("the vocabulary has no token that begins a text")));
    Progress progress = Progress.of(terminal);
    long bytes = 0;
    for (int i = 0; i < documents.size(); i++) {
      progress.show(i, documents.size(), "document " + i + " of " + documents.size());
      surprise.add(tokenizer.encode(documents.get(i), EncodeOptions.TEXT));
      bytes += documents.get(i).getBytes(StandardCharsets.UTF_8).length;
    }
    progress.clear();
    terminal.out().print(String.format(Locale.ROOT,
        "documents: %,d%ntokens: %,d%nbytes: %,d%nperplexity: %.4f%nbits per byte: %.4f%n", documents.size(),
        surprise.tokens, bytes, Math.exp(surprise.nats / surprise.tokens), surprise.nats / Math.log(2) / bytes));
  }

  /** The sum of −ln p over tokens. */
  private static final class Surprise {

    private final ModelExecutor executor;
    private final int bos;
    private final Batch batch;
    private final FloatMatrix logits; // (maxRows, vocabSize)
    private double nats;
    private long tokens;

    Surprise(ModelExecutor executor, int bos) {
      this.executor = executor;
      this.bos = bos;
      this.batch = new Batch(executor.maxRows());
      this.logits = FloatMatrix.allocate(executor.maxRows(), executor.configuration().vocabSize());
    }

    /** Adds the tokens of a document, in windows of the context, each after BOS. */
    void add(int[] document) {
      int most = executor.maxPositions() - 1;
      for (int from = 0; from < document.length; from += most) {
        int count = Math.min(most, document.length - from);
        try (SequenceState sequence = executor.newSequence(count)) {
          window(sequence, document, from, count);
        }
      }
    }

    private void window(SequenceState sequence, int[] document, int from, int count) {
      for (int first = 0; first < count; first += executor.maxRows()) {
        int rows = Math.min(executor.maxRows(), count - first);
        batch.clear();
        for (int position = first; position < first + rows; position++) {
          batch.add(sequence, position, position == 0 ? bos : document[from + position - 1], true);
        }
        FloatMatrix some = logits.firstRows(rows);
        executor.forward(batch, some);
        for (int r = 0; r < rows; r++) {
          nats += surprise(some.data(), some.index(r), some.cols(), document[from + first + r]);
        }
      }
      tokens += count;
    }

    private static double surprise(float[] logits, int at, int count, int target) {
      float max = logits[at];
      for (int i = at + 1; i < at + count; i++) {
        max = Math.max(max, logits[i]);
      }
      double sum = 0;
      for (int i = at; i < at + count; i++) {
        sum += Math.exp(logits[i] - max);
      }
      return Math.log(sum) + max - logits[at + target];
    }
  }
}
