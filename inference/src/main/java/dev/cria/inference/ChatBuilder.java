package dev.cria.inference;

import dev.cria.inference.GenerationRequest.Choice;
import java.util.List;
import java.util.Optional;

/** Begins a {@link ChatSession}: what is not said has a sensible value. */
public final class ChatBuilder {

  private final Engine engine;
  private final ChatRecognition recognised;
  private Optional<String> template = Optional.empty();
  private String system = "";
  private GenerationRequest sampling = GenerationRequest.of("");
  private ChatOptions options = ChatOptions.DEFAULT;

  ChatBuilder(Engine engine, ChatRecognition recognised) {
    this.engine = engine;
    this.recognised = recognised;
  }

  /** The template's name, one of {@link ChatTemplates#all()}; otherwise the model's own. */
  public ChatBuilder template(String name) {
    template = Optional.of(name);
    return this;
  }

  /** How the model should behave; otherwise what the template says, if it says anything. */
  public ChatBuilder system(String text) {
    system = text;
    return this;
  }

  /** As in {@link GenerationRequest#temperature}: 0, the default, takes the likeliest token. */
  public ChatBuilder temperature(double value) {
    sampling = sampling.temperature(value);
    return this;
  }

  /** As in {@link GenerationRequest#topP}. */
  public ChatBuilder topP(double value) {
    sampling = sampling.topP(value);
    return this;
  }

  /** As in {@link GenerationRequest#sampler}. */
  public ChatBuilder sampler(String text) {
    sampling = sampling.sampler(text);
    return this;
  }

  /** The same seed and the same messages make the same conversation. */
  public ChatBuilder seed(long value) {
    sampling = sampling.seed(value);
    return this;
  }

  /** Tokens of an answer at most; otherwise as many as the context holds. */
  public ChatBuilder maxTokens(int value) {
    options = options.maxTokens(value);
    return this;
  }

  /** Before any of these, an answer ends. */
  public ChatBuilder stopStrings(String... values) {
    options = options.stopStrings(List.of(values));
    return this;
  }

  /** Tells with each answer how probable its tokens were, and that many of the most probable ones. */
  public ChatBuilder logProbabilities(int top) {
    options = options.logProbabilities(top);
    return this;
  }

  /**
   * Begins it; the caller closes it before the engine.
   *
   * @throws IllegalArgumentException if the model's template is not known and none was named, if there is none of that name, if
   *     the vocabulary lacks its tokens, or if the sampler is written wrongly
   */
  public ChatSession start() {
    ChatTemplate chosen = recognised.choose(template);
    Choice choice = sampling.choice();
    ChatSession session = engine.session(ChatFormat.of(chosen, engine.tokenizer()), choice);
    session.options(options);
    session.system(system);
    return session;
  }
}
