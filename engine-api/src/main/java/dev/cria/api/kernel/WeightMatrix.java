package dev.cria.api.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A matrix of weights, encoded, in memory that somebody else owns.
 *
 * @param name for messages, as {@code model.layers.0.mlp.up_proj.weight}
 * @param rows outputs, at least 1
 * @param cols inputs, a multiple of the encoding's block
 * @param encoding of each row
 * @param layout of the rows; {@link WeightLayout#ROW_MAJOR} as it comes from a file
 * @param data the bytes, read-only for kernels but in {@link Kernel#prepare}; aligned to 4 bytes at least when mapped from a
 *     file, to 64 when prepared
 * @since 0.1
 */
public record WeightMatrix(
    String name, int rows, int cols, Encoding encoding, WeightLayout layout, MemorySegment data) {

  /** Checks that the memory has the size that the layout needs. */
  public WeightMatrix {
    Objects.requireNonNull(name, "name is null");
    if (rows < 1 || cols < 1) {
      throw new IllegalArgumentException(name + ": (" + rows + ", " + cols + ") must be at least (1, 1)");
    }
    long needed = layout.byteSize(rows, cols, encoding);
    if (data.byteSize() != needed) {
      throw new IllegalArgumentException(name + ": (" + rows + ", " + cols + ") in " + encoding.name() + ", "
          + layout.name() + ", needs " + needed + " bytes, got " + data.byteSize());
    }
  }

  /** A matrix as files have it. */
  public static WeightMatrix rowMajor(String name, int rows, int cols, Encoding encoding, MemorySegment data) {
    return new WeightMatrix(name, rows, cols, encoding, WeightLayout.ROW_MAJOR, data);
  }

  /** The shape, as messages write it. */
  public String shape() {
    return "(" + rows + ", " + cols + ")";
  }
}
