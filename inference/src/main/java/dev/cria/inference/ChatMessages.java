package dev.cria.inference;

import dev.cria.inference.ChatMessage.Role;
import java.util.List;

/** What makes a list of messages a conversation. */
final class ChatMessages {

  private ChatMessages() {}

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if it is none; the message says which one is wrong
   */
  static void check(List<ChatMessage> messages) {
    int first = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM ? 1 : 0;
    for (int i = first; i < messages.size(); i++) {
      Role expected = (i - first) % 2 == 0 ? Role.USER : Role.ASSISTANT;
      if (messages.get(i).role() != expected) {
        throw new IllegalArgumentException("message " + (i + 1) + " is of the role '" + messages.get(i).role()
            + "', expected '" + expected + "': after a system prompt, if there is one, user and assistant take turns");
      }
    }
    if ((messages.size() - first) % 2 != 0) {
      throw new IllegalArgumentException("message " + messages.size() + ", the last, is of the role 'user' and has no"
          + " answer; add one of the role 'assistant', which may be empty");
    }
  }
}
