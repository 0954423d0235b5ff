package dev.cria.checkpoints;

import java.util.Arrays;

/** A matrix {@code (rows, cols)} of weights to be set one by one; zero at first. */
record WeightTable(int rows, int cols, float[] values) {

  static WeightTable zeros(int rows, int cols) {
    return new WeightTable(rows, cols, new float[rows * cols]);
  }

  /** A norm's gains: one row, the same everywhere. */
  static WeightTable gains(int cols, double gain) {
    WeightTable gains = zeros(1, cols);
    Arrays.fill(gains.values, (float) gain);
    return gains;
  }

  void set(int row, int col, double value) {
    values[row * cols + col] = (float) value;
  }

  void add(int row, int col, double value) {
    values[row * cols + col] += (float) value;
  }

  /** Sets a piece of a row to {@code scale * code}. */
  void setRow(int row, int firstCol, float[] code, double scale) {
    for (int i = 0; i < code.length; i++) {
      set(row, firstCol + i, scale * code[i]);
    }
  }

  /** Adds {@code scale * code} to a piece of a column. */
  void addColumn(int firstRow, int col, float[] code, double scale) {
    for (int i = 0; i < code.length; i++) {
      add(firstRow + i, col, scale * code[i]);
    }
  }

  /** The rows, one after another. */
  GeneratedTensor.Row open() {
    int[] next = {0};
    return row -> System.arraycopy(values, cols * next[0]++, row, 0, cols);
  }
}
