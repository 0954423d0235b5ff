package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads a file from its start, little-endian, a piece at a time, and never beyond its end. */
final class FileCursor {

  private static final int PIECE = 1 << 16;

  private final MappedFile file;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long next; // where the piece after this one begins

  FileCursor(MappedFile file) {
    this.file = file;
  }

  /** Bytes read so far. */
  long position() {
    return next - piece.remaining();
  }

  /** Bytes up to the end of the file. */
  long remaining() {
    return file.byteSize() - position();
  }

  byte nextByte(String what) throws IOException {
    require(Byte.BYTES, what);
    return piece.get();
  }

  short nextShort(String what) throws IOException {
    require(Short.BYTES, what);
    return piece.getShort();
  }

  int nextInt(String what) throws IOException {
    require(Integer.BYTES, what);
    return piece.getInt();
  }

  long nextLong(String what) throws IOException {
    require(Long.BYTES, what);
    return piece.getLong();
  }

  /** Text in UTF-8 after its length, an unsigned int64; what is no UTF-8 in it becomes U+FFFD. */
  String nextText(String what, int most) throws IOException {
    long length = nextLong("length of " + what);
    if (length < 0 || length > Math.min(most, remaining())) {
      throw problem(position() - Long.BYTES, "%s claims to have %s bytes; expected at most %,d%s; the file is damaged",
          what, Long.toUnsignedString(length), Math.min(most, remaining()),
          most > remaining() ? ", what is left of the file" : "");
    }
    byte[] bytes = new byte[(int) length];
    for (int at = 0; at < bytes.length;) {
      if (!piece.hasRemaining()) {
        fill();
      }
      int count = Math.min(bytes.length - at, piece.remaining());
      piece.get(bytes, at, count);
      at += count;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Something wrong at a place in the file. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
  CheckpointFormatException problem(long offset, String format, Object... arguments) {
    return new CheckpointFormatException(file.path(), offset, String.format(Locale.ROOT, format, arguments));
  }

  private void require(int bytes, String what) throws IOException {
    if (piece.remaining() < bytes) {
      if (remaining() < bytes) {
        throw problem(position(), "truncated: the file ends here, where %s is expected; fetch it again", what);
      }
      fill();
    }
  }

  private void fill() throws IOException {
    piece.compact();
    int kept = piece.position();
    file.read(piece, next);
    next += piece.position() - kept;
    piece.flip();
    if (piece.limit() == kept) {
      throw problem(next, "the file became shorter while it was read; open it again");
    }
  }
}
