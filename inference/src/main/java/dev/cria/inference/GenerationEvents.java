package dev.cria.inference;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Tells Flight Recorder of the prompt and the tokens of one generation. */
final class GenerationEvents {

  /*
   * The first event of any kind sets up all of Flight Recorder, a hundred classes: so there is none before a recording is
   * there, and to ask for that takes one class. Events are used again and again: nothing is allocated per token.
   */
  private final int start;
  private final int promptLength;
  private final int batch;
  private @Nullable PromptEvent prompt;
  private @Nullable TokenEvent token;

  /** The events of a generation that runs its prompt from {@code start} on in batches of that many tokens at most. */
  GenerationEvents(int start, int promptLength, int batch) {
    this.start = start;
    this.promptLength = promptLength;
    this.batch = Math.min(batch, promptLength - start);
  }

  /** The token at that position, or a batch that begins with it, is about to be run. */
  void begin(int position) {
    if (!FlightRecorder.isInitialized()) {
      return;
    }
    if (position == start) {
      prompt = new PromptEvent();
      prompt.begin();
    } else if (position >= promptLength) {
      if (token == null) {
        token = new TokenEvent();
      }
      token.begin();
    }
  }

  /** The token at that position was run, and the next one drawn. */
  void end(int position) {
    if (position < promptLength) {
      endPrompt();
    } else if (token != null) {
      token.end();
      if (token.shouldCommit()) {
        token.position = position;
        token.commit();
      }
    }
  }

  private void endPrompt() {
    if (prompt != null) {
      prompt.tokens = promptLength - start;
      prompt.batch = batch;
      prompt.commit();
    }
  }
}
