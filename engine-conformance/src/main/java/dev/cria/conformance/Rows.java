package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;

/** Parts of a matrix, in place. */
final class Rows {

  private Rows() {}

  /** One row. */
  static FloatMatrix of(FloatMatrix matrix, int row) {
    return new FloatMatrix(matrix.data(), matrix.index(row), 1, matrix.cols(), matrix.stride());
  }

  /** One column. */
  static FloatMatrix column(FloatMatrix matrix, int column) {
    return new FloatMatrix(matrix.data(), matrix.offset() + column, matrix.rows(), 1, matrix.stride());
  }
}
