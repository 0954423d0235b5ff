package dev.cria.api.kernel;

import java.util.Objects;

/**
 * A row-major matrix of floats inside an array: a view, not a copy.
 *
 * <p>Element {@code (r, c)} is {@code data[offset + r * stride + c]}.
 *
 * @param data the array that holds it
 * @param offset index of element (0, 0)
 * @param rows at least 1
 * @param cols at least 1
 * @param stride from one row to the next, at least {@code cols}
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array on purpose, and views are compared by identity of data
public record FloatMatrix(float[] data, int offset, int rows, int cols, int stride) {

  /** Checks that the matrix lies within the array. */
  public FloatMatrix {
    Objects.requireNonNull(data, "data is null");
    if (rows < 1 || cols < 1 || stride < cols || offset < 0
        || offset + (rows - 1L) * stride + cols > data.length) {
      throw new IllegalArgumentException("(" + rows + ", " + cols + ") with stride " + stride + " at offset " + offset
          + " does not fit in an array of " + data.length);
    }
  }

  /** A new matrix of zeros, its rows side by side. */
  public static FloatMatrix allocate(int rows, int cols) {
    return new FloatMatrix(new float[Math.multiplyExact(rows, cols)], 0, rows, cols, cols);
  }

  /** A view of a whole array as one row. */
  public static FloatMatrix row(float[] data) {
    return new FloatMatrix(data, 0, 1, data.length, data.length);
  }

  /** Index in {@link #data()} of the first element of a row. */
  public int index(int row) {
    return offset + row * stride;
  }

  /**
   * The first {@code count} rows, in place.
   *
   * @throws IllegalArgumentException if there are not as many, or none is asked for
   */
  public FloatMatrix firstRows(int count) {
    if (count < 1 || count > rows) {
      throw new IllegalArgumentException(shape() + " has no first " + count + " rows");
    }
    return count == rows ? this : new FloatMatrix(data, offset, count, cols, stride);
  }

  /**
   * Each row cut in pieces of {@code width}, in place: {@code (rows, n * width)} becomes {@code (rows * n, width)}.
   *
   * @throws IllegalArgumentException if the width does not divide the columns, or rows are not side by side
   */
  public FloatMatrix split(int width) {
    if (width < 1 || cols % width != 0 || (rows > 1 && stride != cols)) {
      throw new IllegalArgumentException("(" + rows + ", " + cols + ") with stride " + stride
          + " cannot be split in rows of " + width);
    }
    return new FloatMatrix(data, offset, rows * (cols / width), width, width);
  }

  /** The shape, as messages write it. */
  public String shape() {
    return "(" + rows + ", " + cols + ")";
  }
}
