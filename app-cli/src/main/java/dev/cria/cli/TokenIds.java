package dev.cria.cli;

import dev.cria.api.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** Token ids from outside. */
final class TokenIds {

  private TokenIds() {}

  /**
   * Reads ids separated by commas or white space.
   *
   * @throws UsageException if something else stands there
   */
  static int[] parse(String text) {
    return Arrays.stream(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty())
        .mapToInt(word -> Numbers.whole("A token id", word, 0, Integer.MAX_VALUE)).toArray();
  }

  /**
   * Reads ids as little-endian int32.
   *
   * @throws CheckpointFormatException if the size of the file is no multiple of 4
   */
  static int[] read(Path file) throws IOException {
    byte[] bytes = InputFile.read(file);
    if (bytes.length % Integer.BYTES != 0) {
      throw new CheckpointFormatException(file, "has " + bytes.length
          + " bytes; token ids are int32 of 4 bytes each, so it must be a multiple of 4");
    }
    int[] ids = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ids);
    return ids;
  }

  /**
   * Refuses ids that a vocabulary does not have.
   *
   * @throws UsageException naming the first of them
   */
  static void requireIn(int[] ids, int vocabSize) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocabSize) {
        throw new UsageException("Token " + ids[i] + " (number " + (i + 1) + " of " + ids.length
            + ") is not in the vocabulary: ids are in [0, " + vocabSize + ").");
      }
    }
  }
}
