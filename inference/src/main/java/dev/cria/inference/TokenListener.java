package dev.cria.inference;

/** Takes the tokens of a generation one by one, those of the prompt included. */
@FunctionalInterface
public interface TokenListener {

  /**
   * Takes the next token.
   *
   * @param previous the token before it
   * @param token never a stop token
   * @return false to end the generation
   */
  boolean token(int previous, int token);
}
