package dev.cria.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;

/** Lines of a pipe or a file, without prompts. */
final class PipedInput implements ChatInput {

  private final BufferedReader in;

  PipedInput(InputStream in) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8.newDecoder()));
  }

  @Override public ChatLine line(String prompt) throws IOException {
    try {
      String line = in.readLine();
      return line == null ? ChatLine.end() : ChatLine.text(line);
    } catch (CharacterCodingException e) {
      throw new IOException("standard input is no UTF-8; convert it", e);
    }
  }

  @Override public boolean interactive() {
    return false;
  }

  @Override public Answering answering(Runnable cancel) {
    Interruption interruption = Interruption.cancelling(cancel);
    return interruption::close;
  }

  @Override public void close() {
    // standard input stays open
  }
}
