package dev.cria.cli;

import dev.cria.inference.TokenListener;
import dev.cria.tokenizers.StreamDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints a text as its tokens come. */
final class TextPrinter implements TokenListener {

  private final StandardOutput out;
  private final StreamDecoder decoder;

  TextPrinter(StandardOutput out, StreamDecoder decoder) {
    this.out = out;
    this.decoder = decoder;
  }

  @Override public boolean token(int previous, int token) {
    try {
      out.print(decoder.next(previous, token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  /** What is left, and a line break. */
  void end() throws IOException {
    out.print(decoder.end() + "\n");
  }
}
