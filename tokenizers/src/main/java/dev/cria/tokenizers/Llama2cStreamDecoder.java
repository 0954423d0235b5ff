package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Prints token by token, by llama2.c's rule. */
final class Llama2cStreamDecoder implements StreamDecoder {

  private final Tokenizer tokenizer;

  Llama2cStreamDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override public String next(int previous, int token) {
    byte[] bytes = tokenizer.bytes(previous, token);
    return bytes.length == 1 && !shown(bytes[0]) ? "" : new String(bytes, UTF_8);
  }

  @Override public String end() {
    return "";
  }

  /** C's {@code isprint || isspace} in the locale "C". */
  private static boolean shown(byte b) {
    return (b >= ' ' && b <= '~') || (b >= '\t' && b <= '\r');
  }
}
