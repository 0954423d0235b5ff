package dev.cria.tokenizers;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Gathers bytes until they are characters. */
final class Utf8StreamDecoder implements StreamDecoder {

  private final Tokenizer tokenizer;
  private final int bos;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
      .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] begun = {}; // the first bytes of a character, at most 3

  Utf8StreamDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.bos = tokenizer.vocabulary().special().bos().orElse(-1);
  }

  @Override public String next(int previous, int token) {
    return token == bos ? "" : decode(tokenizer.bytes(previous, token), false);
  }

  @Override public String end() {
    return decode(new byte[0], true);
  }

  private String decode(byte[] bytes, boolean end) {
    ByteBuffer in = ByteBuffer.allocate(begun.length + bytes.length).put(begun).put(bytes).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining()); // UTF-16 never needs more units than UTF-8 bytes
    utf8.reset();
    utf8.decode(in, out, end);
    begun = new byte[in.remaining()];
    in.get(begun);
    return out.flip().toString();
  }
}
