package dev.cria.inference;

import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.sampling.Sampler;
import dev.cria.inference.ChatMessage.Role;
import dev.cria.sampling.LogProbabilities;
import dev.cria.tokenizers.StreamDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a model.
 *
 * <p>Each message is answered after all those before it, in the model's own template. The cache is kept: what the next prompt has
 * in common with what was run is not run again, whether the conversation goes on, is edited or taken back.
 *
 * <p><b>When the context is full:</b> if a prompt leaves less than an eighth of the context for the answer (or less than 512
 * positions of a long one), the oldest turns after the system prompt are forgotten, as many as it takes for half of the context
 * to be free. Forgotten turns stay in {@link #messages()}; the model no longer sees them. The last message is never forgotten: if
 * it does not fit alone, it is refused, and nothing changes. An answer that meets the end of the context ends there.
 *
 * <p>Used by one thread at a time, but for {@link #cancel()}. The caller closes it, before the engine.
 */
public final class ChatSession implements AutoCloseable {

  private static final int RESERVE_SHARE = 8;
  private static final int MOST_RESERVE = 512;

  private final ModelExecutor executor;
  private final ChatFormat format;
  private final Set<Integer> ends;
  private final SequenceState sequence;
  private final int contextLength;
  private final List<ChatTurn> turns = new ArrayList<>();
  private Sampler sampler;
  private ChatOptions options = ChatOptions.DEFAULT;
  private String system = "";
  private int firstSeen; // turn
  private int[] cached = {}; // tokens in the sequence
  private volatile boolean cancelled;
  private volatile @Nullable Generation current;

  /** A prompt that fits, and how many turns it leaves out. */
  private record Prompt(int[] tokens, int firstSeen) {}

  /** A conversation that has not begun. */
  public ChatSession(ModelExecutor executor, ChatFormat format, Sampler sampler) {
    this.executor = executor;
    this.format = format;
    this.ends = format.ends();
    this.sampler = sampler;
    this.contextLength = executor.maxPositions();
    this.sequence = executor.newSequence(contextLength);
  }

  /** How answers are given. */
  public ChatOptions options() {
    return options;
  }

  /** How answers are given from now on. */
  public void options(ChatOptions chosen) {
    options = chosen;
  }

  /** What chooses tokens from now on. */
  public void sampler(Sampler chosen) {
    sampler = chosen;
  }

  /** Sets the system prompt; empty for that of the template, if it has one. The turns stay. */
  public void system(String text) {
    system = text;
    firstSeen = 0;
  }

  /** The template that the conversation is written in. */
  public ChatTemplate template() {
    return format.template();
  }

  /**
   * Says something, and has it answered. Interrupting the thread cancels the answer.
   *
   * @param listener is told the answer piece by piece, in whole characters
   * @throws MessageTooLongException if it does not fit into the context by itself; the conversation is as it was
   */
  public ChatAnswer send(String text, Consumer<String> listener) {
    return answer(ChatTurn.asking(text), turns, listener);
  }

  /** Says something, and gives the answer as a whole. */
  public ChatAnswer send(String text) {
    return send(text, piece -> {});
  }

  /**
   * Answers the last message once more, in place of the answer that is there.
   *
   * @throws IllegalStateException if there is none
   */
  public ChatAnswer regenerate(Consumer<String> listener) {
    if (turns.isEmpty()) {
      throw new IllegalStateException("there is no message to answer yet");
    }
    return answer(ChatTurn.asking(turns.getLast().user()), turns.subList(0, turns.size() - 1), listener);
  }

  /** Ends the answer at hand after its next token, from any thread; what came of it stays. */
  public void cancel() {
    cancelled = true;
    Generation running = current;
    if (running != null) {
      running.cancel();
    }
  }

  /** The conversation: the system prompt, if one was set, then messages and answers in turn. */
  public List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>();
    if (!system.isEmpty()) {
      messages.add(new ChatMessage(Role.SYSTEM, system));
    }
    for (ChatTurn turn : turns) {
      messages.add(new ChatMessage(Role.USER, turn.user()));
      messages.add(new ChatMessage(Role.ASSISTANT, turn.answer()));
    }
    return List.copyOf(messages);
  }

  /**
   * Replaces the conversation by another one, an edited one for instance. Turns that are the same at its beginning need not be
   * run again.
   *
   * @throws IllegalArgumentException if it is not a system prompt, or none, and then messages and answers in turn
   */
  public void messages(List<ChatMessage> messages) {
    ChatMessages.check(messages);
    boolean first = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
    List<ChatTurn> edited = new ArrayList<>();
    for (int i = first ? 1 : 0; i < messages.size(); i += 2) {
      ChatTurn turn = new ChatTurn(messages.get(i).text(), messages.get(i + 1).text(), Optional.empty());
      edited.add(known(edited.size(), turn));
    }
    system(first ? messages.getFirst().text() : "");
    turns.clear();
    turns.addAll(edited);
  }

  /**
   * Keeps that many turns from the beginning, and takes back the others.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public void truncate(int count) {
    if (count < 0 || count > turns.size()) {
      throw new IllegalArgumentException("there are " + turns.size() + " turns, so 0 to " + turns.size()
          + " can be kept, got " + count);
    }
    turns.subList(count, turns.size()).clear();
    firstSeen = 0;
  }

  /** Takes back all turns; the system prompt stays. */
  public void reset() {
    truncate(0);
  }

  /** Messages with their answers. */
  public int turns() {
    return turns.size();
  }

  /** How many turns, from the beginning, the model no longer sees. */
  public int forgottenTurns() {
    return firstSeen;
  }

  /** Positions that the context holds. */
  public int contextLength() {
    return contextLength;
  }

  /** Positions of the context that are in use. */
  public int usedPositions() {
    return sequence.length();
  }

  /** What the model is given for the turns so far, the last answer left out, each mark spelled. */
  public String prompt() {
    return format.text(system, turns.subList(firstSeen, turns.size()));
  }

  /**
   * Writes the conversation to a file, as JSON.
   *
   * @throws IOException if it cannot be written; what was there before is there still
   */
  public void save(Path file) throws IOException {
    ConversationFile.write(file, messages());
  }

  /**
   * Replaces the conversation by that in a file.
   *
   * @throws IOException if it cannot be read, or is no conversation; then nothing changes
   */
  public void load(Path file) throws IOException {
    messages(ConversationFile.read(file));
  }

  @Override public void close() {
    sequence.close();
  }

  private ChatTurn known(int index, ChatTurn turn) {
    if (index < turns.size()) {
      ChatTurn old = turns.get(index);
      return old.user().equals(turn.user()) && old.answer().equals(turn.answer()) ? old : turn;
    }
    return turn;
  }

  private ChatAnswer answer(ChatTurn asked, List<ChatTurn> before, Consumer<String> listener) {
    cancelled = false;
    List<ChatTurn> all = new ArrayList<>(before);
    all.add(asked);
    Prompt prompt = prompt(all);
    int forgotten = Math.max(0, prompt.firstSeen - firstSeen);
    int reused = common(prompt.tokens);
    sequence.truncate(reused);
    StringBuilder text = new StringBuilder();
    List<LogProbabilities> told = new ArrayList<>();
    StopReason reason = StopReason.CANCELLED;
    try (Generation generation = new Generation(executor, sampler, prompt.tokens, ends, sequence)) {
      current = generation;
      if (cancelled) {
        generation.cancel();
      }
      try {
        reason = run(generation, prompt.tokens.length, told, withoutBeginning(text, listener));
      } finally { // what was told stays, even if the listener threw
        current = null;
        firstSeen = prompt.firstSeen;
        turns.clear();
        turns.addAll(all);
        turns.set(turns.size() - 1, answered(asked, text.toString(), generation, prompt.tokens.length, reason));
        cached = Arrays.copyOf(generation.tokens(), sequence.length());
      }
      int drawn = generation.tokens().length - prompt.tokens.length;
      boolean full = reason == StopReason.LENGTH && sequence.length() == contextLength;
      return new ChatAnswer(text.toString(), reason,
          new ChatAnswer.Usage(prompt.tokens.length, reused, drawn, forgotten, full), generation.figures(), told);
    }
  }

  private StopReason run(Generation generation, int promptLength, List<LogProbabilities> told,
      Consumer<String> listener) {
    TextListener teller = new TextListener(generation, StreamDecoder.utf8(format.tokenizer()), options.stopStrings(),
        listener);
    options.logProbabilities().ifPresent(top -> teller.tellingTokens(top, told::add));
    int limit = options.maxTokens() == 0
        ? contextLength
        : (int) Math.min(contextLength, (long) promptLength + options.maxTokens() - 1);
    return teller.end(generation.run(limit, (previous, token) -> {
      boolean more = teller.token(previous, token);
      if (Thread.currentThread().isInterrupted()) {
        generation.cancel();
      }
      return more;
    }));
  }

  /** Leaves out what the template has before an answer, a blank, where the model tells it. */
  private Consumer<String> withoutBeginning(StringBuilder text, Consumer<String> listener) {
    String before = format.template().answer().before();
    return piece -> {
      String shown = text.isEmpty() && !before.isEmpty() && piece.startsWith(before)
          ? piece.substring(before.length())
          : piece;
      text.append(shown);
      if (!shown.isEmpty()) {
        listener.accept(shown);
      }
    };
  }

  private ChatTurn answered(ChatTurn asked, String text, Generation generation, int promptLength, StopReason reason) {
    int[] tokens = generation.tokens();
    boolean ended = tokens.length > promptLength && ends.contains(tokens[tokens.length - 1]);
    int[] drawn = Arrays.copyOfRange(tokens, promptLength, tokens.length - (ended ? 1 : 0));
    boolean cut = reason == StopReason.STOP_STRING || drawn.length == 0;
    return new ChatTurn(asked.user(), text, cut ? Optional.empty() : Optional.of(drawn));
  }

  private Prompt prompt(List<ChatTurn> all) {
    int first = Math.min(firstSeen, all.size() - 1);
    int[] tokens = tokens(all, first);
    int reserve = Math.min(MOST_RESERVE, contextLength / RESERVE_SHARE);
    if (tokens.length + reserve > contextLength) {
      while (first < all.size() - 1 && tokens.length > contextLength / 2) {
        first++;
        tokens = tokens(all, first);
      }
    }
    if (tokens.length >= contextLength) {
      throw new MessageTooLongException(tokens.length, contextLength);
    }
    return new Prompt(tokens, first);
  }

  private int[] tokens(List<ChatTurn> all, int first) {
    return format.tokens(system, all.subList(first, all.size()));
  }

  /** How many tokens at the beginning are in the cache; never all, since the last one's logits are wanted. */
  private int common(int[] tokens) {
    int mismatch = Arrays.mismatch(cached, tokens);
    return Math.min(mismatch < 0 ? tokens.length : mismatch, tokens.length - 1);
  }
}
