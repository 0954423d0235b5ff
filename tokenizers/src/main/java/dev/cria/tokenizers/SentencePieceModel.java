package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.checkpoint.Vocabulary.Kind;
import dev.cria.api.checkpoint.Vocabulary.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;

/**
 * SentencePiece's {@code tokenizer.model}: a vocabulary with its settings.
 *
 * <p>A protocol buffer: {@code ModelProto} of pieces (1), {@code TrainerSpec} (2) and {@code NormalizerSpec} (3). Spaces are
 * written as U+2581, BOS and EOS as {@code <s>} and {@code </s>}.
 *
 * @see <a href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">sentencepiece_model.proto</a>
 * @since 0.1
 */
public final class SentencePieceModel {

  private static final int BPE = 2;

  private SentencePieceModel() {}

  /** Whether a file that begins like this may be one. */
  public static boolean isLike(byte[] beginning) {
    // field 1, the first piece; within it field 1, its text
    return beginning.length > 3 && beginning[0] == '\n' && beginning[2] == '\n';
  }

  /**
   * Reads a file. A vocabulary that is for another algorithm than BPE is read, too; no tokenizer can be made of it.
   *
   * @throws CheckpointFormatException if it is not such a file, or damaged
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(TokenizerBin.LONGEST_FILE + 1);
      if (content.length > TokenizerBin.LONGEST_FILE) {
        throw new CheckpointFormatException(path,
            "has more than %,d bytes: no tokenizer.model is that long".formatted(TokenizerBin.LONGEST_FILE));
      }
      return new SentencePieceModelParser(path, content).read();
    }
  }

  /**
   * Writes a vocabulary, to a temporary file that is moved to its place when complete.
   *
   * @throws IllegalArgumentException if it is for another algorithm
   * @throws IOException if it cannot be written; nothing is left behind then
   */
  public static void write(Vocabulary vocabulary, Path target) throws IOException {
    if (vocabulary.model() != Vocabulary.Model.SENTENCEPIECE_BPE) {
      throw new IllegalArgumentException("tokenizer.model holds SENTENCEPIECE_BPE only, got " + vocabulary.model());
    }
    Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.write(temporary, bytes(vocabulary));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static byte[] bytes(Vocabulary vocabulary) {
    Message model = new Message();
    for (int id = 0; id < vocabulary.pieces().size(); id++) {
      Piece piece = vocabulary.pieces().get(id);
      Message message = new Message().text(1, spelling(vocabulary, id)).real(2, piece.score());
      if (piece.kind() != Kind.NORMAL) {
        message.number(3, type(piece.kind()));
      }
      model.message(1, message);
    }
    Message trainer = new Message().number(3, BPE).number(4, vocabulary.pieces().size()).number(25, 1).number(35, 1)
        .number(40, id(vocabulary.special().unknown())).number(41, id(vocabulary.special().bos()))
        .number(42, id(vocabulary.special().eos())).number(43, -1);
    Message normalizer = new Message().text(1, "identity").number(3, 1).number(4, 0).number(5, 1);
    return model.message(2, trainer).message(3, normalizer).bytes();
  }

  private static String spelling(Vocabulary vocabulary, int id) {
    if (id == vocabulary.special().bos().orElse(-1)) {
      return "<s>";
    }
    if (id == vocabulary.special().eos().orElse(-1)) {
      return "</s>";
    }
    Piece piece = vocabulary.pieces().get(id);
    return piece.kind() == Kind.NORMAL ? piece.text().replace(' ', '\u2581') : piece.text();
  }

  private static int type(Kind kind) {
    return switch (kind) {
      case NORMAL -> 1;
      case UNKNOWN -> 2;
      case CONTROL -> 3;
      case USER_DEFINED -> 4;
      case UNUSED -> 5;
      case BYTE -> 6;
    };
  }

  private static int id(OptionalInt token) {
    return token.orElse(-1);
  }

  /** The wire format of protocol buffers. */
  private static final class Message {

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      tag(field, VARINT);
      varint(value);
      return this;
    }

    Message real(int field, float value) {
      tag(field, FIXED32);
      out.writeBytes(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
      return this;
    }

    Message text(int field, String value) {
      return block(field, value.getBytes(UTF_8));
    }

    Message message(int field, Message value) {
      return block(field, value.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Message block(int field, byte[] value) {
      tag(field, BYTES);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void tag(int field, int type) {
      varint((long) field << 3 | type);
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
