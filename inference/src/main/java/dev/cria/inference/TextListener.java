package dev.cria.inference;

import dev.cria.sampling.LogProbabilities;
import dev.cria.tokenizers.StreamDecoder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Turns the tokens of a generation into text, told piece by piece in whole characters, and ends it before a stop string.
 *
 * <p>Stop strings are sought in what is generated, not in the prompt.
 */
public final class TextListener implements TokenListener {

  private final Generation generation;
  private final StreamDecoder decoder;
  private final StopStrings stops;
  private final Consumer<String> listener;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int top;
  private Consumer<LogProbabilities> tokens = token -> {};
  private boolean telling; // of tokens and not only of text
  private int decoded; // characters generated
  private int shown;

  /** A token that is not told yet, since the text that it begins is not. */
  private record Waiting(int begin, LogProbabilities token) {}

  /**
   * A listener to a generation that has not begun.
   *
   * @param decoder as new
   * @param stopStrings none empty
   * @param listener is told the text, the prompt's included, but no empty piece
   */
  public TextListener(Generation generation, StreamDecoder decoder, List<String> stopStrings,
      Consumer<String> listener) {
    this.generation = generation;
    this.decoder = decoder;
    this.stops = new StopStrings(stopStrings);
    this.listener = listener;
  }

  /**
   * Has each token told that is drawn, too, unless it begins in a stop string or after it.
   *
   * @param count how many of the most probable tokens are wanted with each
   * @return this
   */
  public TextListener tellingTokens(int count, Consumer<LogProbabilities> listener) {
    top = count;
    tokens = listener;
    telling = true;
    return this;
  }

  @Override public boolean token(int previous, int token) {
    String piece = decoder.next(previous, token);
    if (!generation.hasDrawn()) {
      tell(piece);
      return true;
    }
    if (telling) {
      waiting.add(new Waiting(decoded, generation.logProbabilities(top)));
    }
    generated(piece);
    return !stops.isFound();
  }

  /**
   * Tells what is left when the generation has ended.
   *
   * @param reason what the generation said
   * @return the same, or that a stop string ended it
   */
  public StopReason end(StopReason reason) {
    generated(decoder.end());
    show(stops.end());
    if (stops.isFound()) {
      return StopReason.STOP_STRING;
    }
    waiting.forEach(last -> tokens.accept(last.token));
    waiting.clear();
    return reason;
  }

  private void generated(String piece) {
    decoded += piece.length();
    show(stops.next(piece));
  }

  private void show(String text) {
    shown += text.length();
    tell(text);
    while (!waiting.isEmpty() && waiting.element().begin < shown) {
      tokens.accept(waiting.remove().token);
    }
  }

  private void tell(String text) {
    if (!text.isEmpty()) {
      listener.accept(text);
    }
  }
}
