package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/** Pieces as the bytes of a tokenizer.bin. */
final class TokenizerBinLayout {

  private TokenizerBinLayout() {}

  static byte[] bytes(List<Piece> pieces) {
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("tokenizer.bin holds at least one piece, got none");
    }
    List<ByteBuffer> texts = new ArrayList<>(pieces.size());
    int longest = 0;
    int total = Integer.BYTES;
    for (int id = 0; id < pieces.size(); id++) {
      ByteBuffer text = encode(id, pieces.get(id).text());
      texts.add(text);
      longest = Math.max(longest, text.remaining());
      total = Math.addExact(total, Float.BYTES + Integer.BYTES + text.remaining());
    }
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN).putInt(longest);
    for (int id = 0; id < pieces.size(); id++) {
      ByteBuffer text = texts.get(id);
      out.putFloat(pieces.get(id).score()).putInt(text.remaining()).put(text);
    }
    return out.array();
  }

  private static ByteBuffer encode(int id, String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "piece " + id + (text.isEmpty() ? " is empty" : " holds a NUL") + "; tokenizer.bin has no such pieces");
    }
    try {
      ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      if (bytes.remaining() > TokenizerBin.LONGEST_PIECE) {
        throw new IllegalArgumentException("piece %d has %d bytes; expected at most %d".formatted(id, bytes.remaining(),
            TokenizerBin.LONGEST_PIECE));
      }
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("piece " + id + " is no valid Unicode: a surrogate without its partner", e);
    }
  }
}
