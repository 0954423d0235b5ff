package dev.cria.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Text from outside: UTF-8 or refused, never changed on the way. */
final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * Decodes bytes.
   *
   * @param source the file or stream, for the message
   * @throws IOException if they are not UTF-8
   */
  static String decode(String source, byte[] bytes) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new IOException(
          source + ": at byte " + in.position() + ": is no UTF-8 text; convert it first, as with iconv");
    }
    return out.flip().toString();
  }

  /**
   * Refuses an argument that lost characters on its way to the JVM, which decodes arguments as the locale says.
   *
   * @throws UsageException if it has
   */
  static String requireWhole(String what, String argument) {
    String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (argument.indexOf(REPLACEMENT) >= 0 && !charset.equals("UTF-8")) {
      throw new UsageException(what + " has characters that the locale (" + charset
          + ") cannot express; set LC_ALL=C.UTF-8, or give it in a file.");
    }
    return argument;
  }
}
