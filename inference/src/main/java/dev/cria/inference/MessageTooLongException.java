package dev.cria.inference;

import java.io.Serial;

/** Thrown where a message, with all that must stand before it, is longer than the context. The conversation is as it was. */
public final class MessageTooLongException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  MessageTooLongException(int tokens, int contextLength) {
    super("the message, with the system prompt and the marks of its turn, has " + tokens
        + " tokens, but the context holds "
        + contextLength + " and an answer needs room, too; shorten it");
  }
}
