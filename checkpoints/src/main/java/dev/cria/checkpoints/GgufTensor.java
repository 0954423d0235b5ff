package dev.cria.checkpoints;

import java.util.List;

/**
 * What a GGUF file says of a tensor.
 *
 * @param sizes one to four, the columns first
 * @param offset of its bytes, from the start of the data
 * @param byteSize without padding
 */
record GgufTensor(String name, List<Long> sizes, GgufTensorType type, long offset, long byteSize) {

  /** The elements of a row. */
  int cols() {
    return Math.toIntExact(sizes.getFirst());
  }

  /** All rows, of any further dimensions together. */
  int rows() {
    return Math.toIntExact(sizes.stream().skip(1).reduce(1L, Math::multiplyExact));
  }
}
