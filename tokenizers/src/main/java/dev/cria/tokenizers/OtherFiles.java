package dev.cria.tokenizers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that are given for a tokenizer.bin by mistake, and what to tell the user. */
final class OtherFiles {

  /** What a file begins with, as Latin-1, and what it then is. */
  private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

  static {
    String model = ", a model; expected a tokenizer.bin: use -z to name it";
    BEGINNINGS.put("24ka", "is a llama2.c checkpoint" + model);
    BEGINNINGS.put("GGUF", "is a GGUF file" + model);
    BEGINNINGS.put("PK\3\4", "is a zip file; expected a tokenizer.bin");
    BEGINNINGS.put("version https://git-lfs", "is a Git LFS pointer, not the file itself; fetch it with git lfs pull");
    BEGINNINGS.put("{", "is JSON, as of a tokenizer.json; expected a tokenizer.bin");
    BEGINNINGS.put("\n\16\n\5<unk>", "is a SentencePiece model; expected a tokenizer.bin");
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

  private static ByteBuffer little(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
