package dev.cria.checkpoints;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.EncodingLookup;
import java.util.List;
import java.util.Optional;

/**
 * A type of tensor that GGUF files know by a number, and the encoding of the same name.
 *
 * <p>Its sizes are known even where no encoding of that name is at hand, so that the file can be looked at.
 *
 * @param number in the file
 * @param name of the encoding, in lower case
 * @param blockSize elements in a block
 * @param blockBytes bytes of a block
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>
 */
record GgufTensorType(int number, String name, int blockSize, int blockBytes) {

  private static final List<GgufTensorType> KNOWN = List.of(
      new GgufTensorType(0, "f32", 1, 4), new GgufTensorType(1, "f16", 1, 2),
      new GgufTensorType(2, "q4_0", 32, 18), new GgufTensorType(3, "q4_1", 32, 20),
      new GgufTensorType(6, "q5_0", 32, 22), new GgufTensorType(7, "q5_1", 32, 24),
      new GgufTensorType(8, "q8_0", 32, 34), new GgufTensorType(9, "q8_1", 32, 36),
      new GgufTensorType(10, "q2_k", 256, 84), new GgufTensorType(11, "q3_k", 256, 110),
      new GgufTensorType(12, "q4_k", 256, 144), new GgufTensorType(13, "q5_k", 256, 176),
      new GgufTensorType(14, "q6_k", 256, 210), new GgufTensorType(15, "q8_k", 256, 292),
      new GgufTensorType(16, "iq2_xxs", 256, 66), new GgufTensorType(17, "iq2_xs", 256, 74),
      new GgufTensorType(18, "iq3_xxs", 256, 98), new GgufTensorType(19, "iq1_s", 256, 50),
      new GgufTensorType(20, "iq4_nl", 32, 18), new GgufTensorType(21, "iq3_s", 256, 110),
      new GgufTensorType(22, "iq2_s", 256, 82), new GgufTensorType(23, "iq4_xs", 256, 136),
      new GgufTensorType(24, "i8", 1, 1), new GgufTensorType(25, "i16", 1, 2),
      new GgufTensorType(26, "i32", 1, 4), new GgufTensorType(27, "i64", 1, 8),
      new GgufTensorType(28, "f64", 1, 8), new GgufTensorType(29, "iq1_m", 256, 56),
      new GgufTensorType(30, "bf16", 1, 2), new GgufTensorType(34, "tq1_0", 256, 54),
      new GgufTensorType(35, "tq2_0", 256, 66), new GgufTensorType(39, "mxfp4", 32, 17));

  static Optional<GgufTensorType> of(int number) {
    return KNOWN.stream().filter(type -> type.number == number).findFirst();
  }

  /** The encoding of that name and size, or one that is not available. */
  Encoding encoding(EncodingLookup encodings) {
    return encodings.named(name).filter(found -> found.blockSize() == blockSize && found.blockBytes() == blockBytes)
        .orElseGet(() -> new MissingEncoding(name, blockSize, blockBytes, List.copyOf(encodings.names())));
  }
}
