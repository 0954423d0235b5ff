package dev.cria.inference;

import java.util.Locale;
import java.util.Objects;

/**
 * One message of a conversation.
 *
 * @param role who says it
 * @param text what, verbatim
 */
public record ChatMessage(Role role, String text) {

  /** Who says something. */
  public enum Role {
    /** Whoever set the conversation up: how the model should behave. At the beginning, if at all. */
    SYSTEM,
    /** Whoever asks. */
    USER,
    /** The model. */
    ASSISTANT;

    /** As files have it. */
    @Override public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that there is a text. */
  public ChatMessage {
    Objects.requireNonNull(text, "text is null");
  }
}
