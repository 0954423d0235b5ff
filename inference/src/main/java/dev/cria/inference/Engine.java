package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.sampling.Sampler;
import dev.cria.sampling.Samplers;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.StreamDecoder;
import dev.cria.tokenizers.Tokenizer;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A loaded model for Java programs: text in, text out.
 *
 * <p>Used by one thread at a time. Closing it frees the weights.
 */
public final class Engine implements AutoCloseable {

  private final ModelExecutor executor;
  private final Tokenizer tokenizer;
  private final Set<Integer> stopTokens;
  private final String backend;

  Engine(ModelExecutor executor, Tokenizer tokenizer, Set<Integer> stopTokens, String backend) {
    this.executor = executor;
    this.tokenizer = tokenizer;
    this.stopTokens = stopTokens;
    this.backend = backend;
  }

  /** Begins to open a model file. */
  public static EngineBuilder open(Path checkpoint) {
    return new EngineBuilder(checkpoint);
  }

  /** Begins to open the small model that is built in and tells stories for children. */
  public static EngineBuilder builtIn() {
    return new EngineBuilder();
  }

  /**
   * Generates a text. Interrupting the thread cancels it: it ends after the token at hand.
   *
   * @param listener is told the text piece by piece, prompt included, in whole characters
   * @throws IllegalArgumentException if the prompt is longer than the context
   */
  public GeneratedText generate(GenerationRequest request, Consumer<String> listener) {
    StringBuilder text = new StringBuilder();
    Consumer<String> both = piece -> {
      text.append(piece);
      listener.accept(piece);
    };
    StreamDecoder decoder = StreamDecoder.utf8(tokenizer);
    try (Generation generation = begin(request)) {
      StopReason reason = generation.run(limit(request), (previous, token) -> {
        tell(both, decoder.next(previous, token));
        if (Thread.currentThread().isInterrupted()) {
          generation.cancel();
        }
        return true;
      });
      tell(both, decoder.end());
      return new GeneratedText(text.toString(), reason, generation.figures());
    }
  }

  /** Generates a text and gives it as a whole. */
  public GeneratedText generate(GenerationRequest request) {
    return generate(request, piece -> {});
  }

  /**
   * A generation that has not begun, for programs that go token by token, cancel or continue; the caller closes it before
   * the engine.
   */
  public Generation begin(GenerationRequest request) {
    Sampler sampler = Samplers.llama2c(
        executor.configuration().vocabSize(), request.temperature(), request.topP(), request.seed());
    return new Generation(executor, sampler, tokenizer.encode(request.prompt(), EncodeOptions.PROMPT), stopTokens);
  }

  /** The model's shape. */
  public ModelConfiguration configuration() {
    return executor.configuration();
  }

  /** Positions that the context holds. */
  public int contextLength() {
    return executor.maxPositions();
  }

  /** The model's tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The name of the backend that it runs on. */
  public String backend() {
    return backend;
  }

  @Override public void close() {
    executor.close();
  }

  private int limit(GenerationRequest request) {
    return request.maxPositions() == 0 ? contextLength() : Math.min(request.maxPositions(), contextLength());
  }

  private static void tell(Consumer<String> listener, String piece) {
    if (!piece.isEmpty()) {
      listener.accept(piece);
    }
  }
}
