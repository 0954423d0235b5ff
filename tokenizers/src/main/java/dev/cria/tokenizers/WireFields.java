package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/**
 * The fields of a protocol buffer, one after the other: after {@link #next} exactly one of the others takes the value.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class WireFields {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Path path;
  private final ByteBuffer in;
  private int number;
  private int type;

  WireFields(Path path, byte[] content, int start, int end) {
    this.path = path;
    this.in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).position(start).limit(end);
  }

  /** Goes to the next field, if there is one. */
  boolean next() throws CheckpointFormatException {
    if (!in.hasRemaining()) {
      return false;
    }
    long tag = varint();
    number = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
    type = (int) (tag & 7);
    if (number == 0) {
      throw damaged("has a field of the number 0");
    }
    return true;
  }

  int number() {
    return number;
  }

  int position() {
    return in.position();
  }

  long whole() throws CheckpointFormatException {
    require(VARINT);
    return varint();
  }

  float real() throws CheckpointFormatException {
    require(FIXED32);
    requireBytes(Float.BYTES);
    return in.getFloat();
  }

  String text() throws CheckpointFormatException {
    int length = bytes();
    ByteBuffer text = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      CheckpointFormatException damaged = damaged("has a text that is no valid UTF-8");
      damaged.initCause(e);
      throw damaged;
    }
  }

  WireFields message() throws CheckpointFormatException {
    int length = bytes();
    WireFields message = new WireFields(path, in.array(), in.position(), in.position() + length);
    in.position(in.position() + length);
    return message;
  }

  /** How many bytes there are in the field, which are skipped. */
  int length() throws CheckpointFormatException {
    int length = bytes();
    in.position(in.position() + length);
    return length;
  }

  void skip() throws CheckpointFormatException {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> {
        requireBytes(Long.BYTES);
        in.getLong();
      }
      case FIXED32 -> {
        requireBytes(Integer.BYTES);
        in.getInt();
      }
      case BYTES -> length();
      default -> throw damaged("has field " + number + " of the wire type " + type);
    }
  }

  private int bytes() throws CheckpointFormatException {
    require(BYTES);
    long length = varint();
    if (length < 0 || length > in.remaining()) {
      throw damaged("has field %d of %s bytes where %d are left".formatted(number, Long.toUnsignedString(length),
          in.remaining()));
    }
    return (int) length;
  }

  private long varint() throws CheckpointFormatException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      requireBytes(1);
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw damaged("has a number of more than 64 bits");
  }

  private void require(int expected) throws CheckpointFormatException {
    if (type != expected) {
      throw damaged("has field " + number + " of the wire type " + type + ", expected " + expected);
    }
  }

  private void requireBytes(int count) throws CheckpointFormatException {
    if (in.remaining() < count) {
      throw damaged("is truncated");
    }
  }

  private CheckpointFormatException damaged(String problem) {
    return new CheckpointFormatException(path, in.position(),
        problem + "; it is no tokenizer.model, or damaged: fetch it again");
  }
}
