package dev.cria.inference;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.sampling.Sampler;
import dev.cria.sampling.LogProbabilities;
import dev.cria.sampling.SamplerProviders;
import dev.cria.sampling.Samplers;
import dev.cria.sampling.XorShift64Star;
import dev.cria.tokenizers.EncodeOptions;
import dev.cria.tokenizers.StreamDecoder;
import dev.cria.tokenizers.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final ClassLoader loader; // of samplers
  private final ChatRecognition chat;

  Engine(ModelExecutor executor, Tokenizer tokenizer, Set<Integer> stopTokens, String backend,
      ClassLoader loader, ChatRecognition chat) {
    this.chat = chat;
    this.executor = executor;
    this.tokenizer = tokenizer;
    this.stopTokens = stopTokens;
    this.backend = backend;
    this.loader = loader;
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
   * @throws IllegalArgumentException if the prompt is longer than the context, or the sampler is written wrongly
   */
  public GeneratedText generate(GenerationRequest request, Consumer<String> listener) {
    StringBuilder text = new StringBuilder();
    List<LogProbabilities> tokens = new ArrayList<>();
    try (Generation generation = begin(request)) {
      TextListener teller = new TextListener(generation, StreamDecoder.utf8(tokenizer), request.stopStrings(),
          piece -> {
            text.append(piece);
            listener.accept(piece);
          });
      request.logProbabilities().ifPresent(top -> teller.tellingTokens(top, tokens::add));
      StopReason ended = generation.run(limit(request), (previous, token) -> {
        boolean more = teller.token(previous, token);
        if (Thread.currentThread().isInterrupted()) {
          generation.cancel();
        }
        return more;
      });
      StopReason reason = teller.end(ended); // which tells what is left of the text
      return new GeneratedText(text.toString(), reason, generation.figures(), tokens);
    }
  }

  /** Generates a text and gives it as a whole. */
  public GeneratedText generate(GenerationRequest request) {
    return generate(request, piece -> {});
  }

  /**
   * A generation that has not begun, for programs that go token by token, cancel or continue; the caller closes it before
   * the engine. Stop strings and log probabilities are the business of whoever listens: {@link TextListener} knows both.
   */
  public Generation begin(GenerationRequest request) {
    return new Generation(executor, sampler(request.choice()), tokenizer.encode(request.prompt(), EncodeOptions.PROMPT),
        stopTokens);
  }

  /** Begins a conversation. */
  public ChatBuilder chat() {
    return new ChatBuilder(this, chat);
  }

  ChatSession session(ChatFormat format, GenerationRequest.Choice choice) {
    return new ChatSession(executor, format, sampler(choice));
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

  private Sampler sampler(GenerationRequest.Choice choice) {
    int vocabSize = configuration().vocabSize();
    if (choice.sampler().isEmpty()) {
      return Samplers.llama2c(vocabSize, choice.temperature(), choice.topP(), choice.seed());
    }
    SamplerProviders providers = SamplerProviders.of(loader);
    return providers.create(providers.plan(choice.sampler().get()), new TokenTexts(tokenizer, vocabSize),
        new XorShift64Star(choice.seed()));
  }
}
