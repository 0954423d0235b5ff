package dev.cria.inference;

import java.util.Optional;

/**
 * A message of the user and what was answered.
 *
 * @param user the message
 * @param answer the answer; empty where there is none yet
 * @param drawn the tokens that the model drew for just this answer; absent where it was written by others, or is cut
 */
record ChatTurn(String user, String answer, Optional<int[]> drawn) {

  /** One that is to be answered. */
  static ChatTurn asking(String user) {
    return new ChatTurn(user, "", Optional.empty());
  }
}
