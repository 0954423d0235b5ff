package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that are given for a tokenizer.bin by mistake, and what to tell the user. */
final class OtherFiles {

  private static final String WRITE_ONE = "; write one with llama2.c's tokenizer.py -t FILE.model";
  private static final int FIRST_BYTE_PIECE = 3;
  private static final int LAST_BYTE_PIECE = 258;

  /** What a file begins with, as Latin-1, and what it then is. */
  private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

  static {
    String model = ", a model; expected a tokenizer.bin: use -z to name it";
    BEGINNINGS.put("24ka", "is a llama2.c checkpoint" + model);
    BEGINNINGS.put("GGUF", "is a GGUF file" + model);
    BEGINNINGS.put("PK\3\4", "is a zip file; expected a tokenizer.bin");
    BEGINNINGS.put("version https://git-lfs", "is a Git LFS pointer, not the file itself; fetch it with git lfs pull");
    BEGINNINGS.put("{", "is JSON, as of a tokenizer.json; expected a tokenizer.bin");
    BEGINNINGS.put("\n\16\n\5<unk>", "is a SentencePiece model; expected a tokenizer.bin" + WRITE_ONE);
  }

  private OtherFiles() {}

  /** What is wrong with a file, or null if it may be a tokenizer.bin. */
  static @Nullable String recognise(byte[] content) {
    String beginning = new String(content, 0, Math.min(content.length, 32), ISO_8859_1);
    for (Map.Entry<String, String> known : BEGINNINGS.entrySet()) {
      if (beginning.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    if (isCheckpoint(content)) {
      return "is a llama2.c checkpoint, a model; expected a tokenizer.bin: use -z to name it";
    }
    if (hasNoScores(content)) {
      return "is in an early layout of tokenizer.bin, without scores, as llama2.rs has it; expected llama2.c's"
          + WRITE_ONE;
    }
    if (hasBytesAsCharacters(content)) {
      return "is in an early layout of tokenizer.bin, with bytes spelled as characters; expected llama2.c's"
          + WRITE_ONE;
    }
    return null;
  }

  /** Seven numbers that could be dim, hiddenDim, layers, heads, kvHeads, vocabSize and contextLength. */
  private static boolean isCheckpoint(byte[] content) {
    if (content.length < 7 * Integer.BYTES) {
      return false;
    }
    ByteBuffer in = little(content);
    int dim = in.getInt();
    int hiddenDim = in.getInt();
    int layers = in.getInt();
    int heads = in.getInt();
    int kvHeads = in.getInt();
    int vocabSize = in.getInt();
    int contextLength = in.getInt();
    int large = 1 << 24;
    return dim > 0 && hiddenDim > 0 && hiddenDim < large && layers > 0 && layers < 1000 && heads > 0 && dim % heads == 0
        && kvHeads > 0 && heads % kvHeads == 0 && vocabSize != 0 && Math.abs((long) vocabSize) < large
        && contextLength > 0
        && contextLength < large;
  }

  /** Lengths and pieces that use up the file (int32, bytes, int32, bytes …), where no length follows a score. */
  private static boolean hasNoScores(byte[] content) {
    ByteBuffer in = little(content);
    if (content.length < 3 * Integer.BYTES || (in.getInt(8) >= 1 && in.getInt(8) <= in.getInt(0))) {
      return false;
    }
    while (in.remaining() >= Integer.BYTES) {
      int length = in.getInt();
      if (length < 1 || length > Math.min(in.remaining(), TokenizerBin.LONGEST_PIECE)) {
        return false;
      }
      in.position(in.position() + length);
    }
    return !in.hasRemaining();
  }

  /** The layout of today, but tokens 3 to 258 are spelled as the characters U+0000 to U+00FF. */
  private static boolean hasBytesAsCharacters(byte[] content) {
    ByteBuffer in = little(content);
    if (in.remaining() < Integer.BYTES) {
      return false;
    }
    in.getInt();
    for (int id = 0; id <= LAST_BYTE_PIECE; id++) {
      if (in.remaining() < Float.BYTES + Integer.BYTES) {
        return false;
      }
      in.getFloat();
      int length = in.getInt();
      if (length < 1 || length > in.remaining()) {
        return false;
      }
      byte[] piece = new byte[length];
      in.get(piece);
      if (id >= FIRST_BYTE_PIECE && !Arrays.equals(piece, Character.toString(id - FIRST_BYTE_PIECE).getBytes(UTF_8))) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer little(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
