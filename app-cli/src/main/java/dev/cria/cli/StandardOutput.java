package dev.cria.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output: bytes and UTF-8 text, whatever the locale, whose failures can be told from those of other files. */
final class StandardOutput extends OutputStream {

  private final OutputStream stream;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** Writes text and hands it on at once. */
  void print(String text) throws OutputException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
    flush();
  }

  @Override public void write(int octet) throws OutputException {
    write(new byte[]{(byte) octet}, 0, 1);
  }

  @Override public void write(byte[] bytes, int offset, int length) throws OutputException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  @Override public void flush() throws OutputException {
    try {
      stream.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }
}
