package dev.cria.tokenizers;

/**
 * Turns tokens into text one by one, as they are drawn. It has the state of one text, and is used by one thread at a time.
 *
 * @since 0.1
 */
public interface StreamDecoder {

  /**
   * What can be shown after one more token: whole characters, often none.
   *
   * @param previous the token before it, or −1 if there is none; a space that begins the first piece after BOS is the
   *     tokenizer's own and is left out
   * @param token the token
   * @throws IllegalArgumentException if {@code token} is not an id of the vocabulary
   */
  String next(int previous, int token);

  /** What is left when the text ends. The decoder is then as new. */
  String end();

  /**
   * Text as the model means it: bytes are gathered until they make a character, and what is no valid UTF-8 becomes U+FFFD.
   * BOS shows nothing, other control tokens are spelled.
   */
  static StreamDecoder utf8(Tokenizer tokenizer) {
    return new Utf8StreamDecoder(tokenizer);
  }

  /**
   * Text as llama2.c prints it, for comparison: each token by itself, and a token of a single byte only if that byte is
   * printable or white space in ASCII. So characters that the vocabulary spells in bytes (an emoji) vanish.
   */
  static StreamDecoder llama2c(Tokenizer tokenizer) {
    return new Llama2cStreamDecoder(tokenizer);
  }
}
