package dev.cria.inference;

import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.SequenceState;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.sampling.Sampler;
import dev.cria.sampling.LogProbabilities;
import java.util.Arrays;
import java.util.Set;

/**
 * One text in the making: its tokens, its cache and its sampler. The caller owns and closes it.
 *
 * <p>{@link #run} may be called again, with a higher limit, to go on where it ended. Used by one thread at a time, but for
 * {@link #cancel()}.
 */
public final class Generation implements AutoCloseable {

  /*
   * As in llama2.c, a limit counts the positions that are run, prompt included, and the token drawn at the last one is still
   * told: with limit n, n tokens are told after the first. Prompt tokens are told before they are run, so that a reader sees
   * them at once, and run in batches, with logits for the last one alone.
   */
  private final ModelExecutor executor;
  private final Sampler sampler;
  private final Set<Integer> stopTokens;
  private final SequenceState sequence;
  private final Batch batch;
  private final FloatMatrix logits; // (1, vocabSize)
  private final int[] tokens; // (maxPositions + 1,), of which the first `known` count
  private final int promptLength;
  private final int reused; // positions that the sequence held at the beginning
  private final boolean owned; // the sequence
  private int known;
  private int told = 1; // tokens that the listener knows or need not know
  private volatile boolean cancelled;

  private final GenerationEvents events;
  private final Stopwatch watch = new Stopwatch();
  private long firstTold = -1;
  private long firstDrawn = -1;
  private long lastDrawn = -1;

  /**
   * A generation that has not begun.
   *
   * @param prompt token ids, at least one and no more than the executor has positions; the first is told as
   *     {@code previous} only
   * @param stopTokens tokens that end the text, in the prompt too
   * @throws IllegalArgumentException if the prompt is empty, too long, or holds ids that are not in the vocabulary
   */
  @SuppressWarnings("MustBeClosedChecker") // closed with this
  public Generation(ModelExecutor executor, Sampler sampler, int[] prompt, Set<Integer> stopTokens) {
    this(executor, sampler, checked(executor, prompt), stopTokens, executor.newSequence(executor.maxPositions()), true);
  }

  /**
   * A generation that goes on from what a sequence holds: the first tokens of the prompt, but not all of it. The prompt is not
   * told, and the sequence is the caller's to close.
   *
   * @param prompt token ids of all positions, more than the sequence holds
   * @param stopTokens tokens that end the text
   * @param sequence of that executor, with room for all of its positions
   * @throws IllegalArgumentException if the prompt is empty, too long, holds ids that are not in the vocabulary, or is in the
   *     sequence already; or if the sequence is too small
   */
  public Generation(ModelExecutor executor, Sampler sampler, int[] prompt, Set<Integer> stopTokens,
      SequenceState sequence) {
    this(executor, sampler, checked(executor, prompt), stopTokens, checked(executor, prompt, sequence), false);
    told = prompt.length;
  }

  private Generation(ModelExecutor executor, Sampler sampler, int[] prompt, Set<Integer> stopTokens,
      SequenceState sequence, boolean owned) {
    this.executor = executor;
    this.sampler = sampler;
    this.stopTokens = Set.copyOf(stopTokens);
    this.tokens = Arrays.copyOf(prompt, executor.maxPositions() + 1);
    this.promptLength = prompt.length;
    this.known = prompt.length;
    this.batch = new Batch(executor.maxRows());
    this.events = new GenerationEvents(sequence.length(), prompt.length, executor.maxRows());
    this.logits = FloatMatrix.allocate(1, executor.configuration().vocabSize());
    this.sequence = sequence;
    this.reused = sequence.length();
    this.owned = owned;
    sampler.reset();
    for (int token : prompt) {
      sampler.accept(token);
    }
  }

  /**
   * Runs the prompt and draws tokens until something ends it.
   *
   * @param limit how many positions to have run at the end, prompt included
   * @param listener is told every token after the first, but no stop token
   * @return why it ended
   * @throws IllegalArgumentException if the limit is not in {@code [0, positions of the executor]}
   */
  public StopReason run(int limit, TokenListener listener) {
    if (limit < 0 || limit > executor.maxPositions()) {
      throw new IllegalArgumentException(
          "the limit must be in [0, " + executor.maxPositions() + "] positions, got " + limit);
    }
    watch.start();
    try {
      StopReason reason = StopReason.LENGTH;
      while (reason == StopReason.LENGTH && sequence.length() < limit) {
        reason = cancelled ? StopReason.CANCELLED : advance(limit, listener);
      }
      return reason;
    } finally {
      watch.stop();
    }
  }

  /** Whether a token was drawn: all that the listener was told before is the prompt. */
  public boolean hasDrawn() {
    return known > promptLength;
  }

  /**
   * How probable the model held the token to be that was drawn last, whatever the sampler made of it; to be asked by a listener
   * that is just told it, or after the end.
   *
   * @param top how many of the most probable tokens are wanted with it
   * @throws IllegalStateException if no token was drawn
   */
  public LogProbabilities logProbabilities(int top) {
    if (!hasDrawn()) {
      throw new IllegalStateException("no token was drawn yet");
    }
    return LogProbabilities.of(logits.data(), logits.offset(), executor.configuration().vocabSize(), tokens[known - 1],
        top);
  }

  /** Ends the generation before its next token; from any thread. */
  public void cancel() {
    cancelled = true;
  }

  /** The tokens so far, prompt and stop token included. */
  public int[] tokens() {
    return Arrays.copyOf(tokens, known);
  }

  /** How it went so far. */
  public GenerationFigures figures() {
    int run = sequence.length();
    boolean batched = promptLength - reused > 1;
    long llama2cNanos = watch.elapsed() - (batched ? 0 : Math.max(0, firstTold));
    return new GenerationFigures(Math.min(run, promptLength) - reused, firstDrawn < 0 ? watch.elapsed() : firstDrawn,
        known - promptLength, lastDrawn - firstDrawn, GenerationFigures.perSecond(run - reused - 1, llama2cNanos));
  }

  @Override public void close() {
    if (owned) {
      sequence.close();
    }
  }

  /** Runs the tokens that are known, a batch at most, and draws the next if there are no more. */
  private StopReason advance(int limit, TokenListener listener) {
    int from = sequence.length();
    int to = Math.min(Math.min(limit, known), from + executor.maxRows());
    StopReason reason = tell(Math.min(to + 1, known), listener);
    if (reason != StopReason.LENGTH) {
      return reason;
    }
    events.begin(from);
    forward(from, to);
    if (to < known) {
      return StopReason.LENGTH;
    }
    draw();
    events.end(to - 1);
    return tell(known, listener);
  }

  private void forward(int from, int to) {
    batch.clear();
    for (int position = from; position < to; position++) {
      batch.add(sequence, position, tokens[position], position == known - 1);
    }
    executor.forward(batch, logits);
  }

  private void draw() {
    if (firstDrawn < 0) {
      firstDrawn = watch.elapsed();
    }
    int token = sampler.sample(logits.data(), logits.offset());
    sampler.accept(token);
    tokens[known++] = token;
    lastDrawn = watch.elapsed();
  }

  /** Tells the listener all tokens before {@code end} that it does not know yet. */
  private StopReason tell(int end, TokenListener listener) {
    while (told < end) {
      int token = tokens[told];
      if (stopTokens.contains(token)) {
        return StopReason.STOP_TOKEN;
      }
      told++;
      if (!listener.token(tokens[told - 2], token)) {
        return StopReason.LISTENER;
      }
      if (firstTold < 0) {
        firstTold = watch.elapsed();
      }
    }
    return StopReason.LENGTH;
  }

  private static int[] checked(ModelExecutor executor, int[] prompt) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt has no tokens; it needs at least the beginning-of-text token");
    }
    if (prompt.length > executor.maxPositions()) {
      throw new IllegalArgumentException("the prompt has " + prompt.length + " tokens, the context holds "
          + executor.maxPositions() + " positions; shorten the prompt");
    }
    int vocabSize = executor.configuration().vocabSize();
    for (int token : prompt) {
      if (token < 0 || token >= vocabSize) {
        throw new IllegalArgumentException("token " + token + " of the prompt is not in [0, " + vocabSize + ")");
      }
    }
    return prompt;
  }

  private static SequenceState checked(ModelExecutor executor, int[] prompt, SequenceState sequence) {
    if (sequence.length() >= prompt.length) {
      throw new IllegalArgumentException("the sequence holds " + sequence.length() + " positions, and the prompt has "
          + prompt.length + " tokens; truncate the sequence to less than the prompt");
    }
    if (sequence.capacity() < executor.maxPositions()) {
      throw new IllegalArgumentException("the sequence has room for " + sequence.capacity()
          + " positions, and the executor has " + executor.maxPositions());
    }
    return sequence;
  }
}
