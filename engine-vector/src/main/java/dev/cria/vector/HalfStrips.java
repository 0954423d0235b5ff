package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with panels of which few rows are in use: half a strip, and twice as many rows of x, so that as many chains run. */
final class HalfStrips {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;

  /** Rows of the panel that are multiplied at a time. */
  static final int ROWS = 2 * LANES;

  private HalfStrips() {}

  /**
   * Adds the products of half a strip with up to eight rows of {@code x} to eight rows of {@code sums}; otherwise as
   * {@link F32Panels#fourRows}.
   */
  static void vectorEightRows(
      MemorySegment w, long start, float[] x, int xStart, int rowStep, int step, int rows, int cols, float[] sums,
      int at, int to) {
    int x1 = xStart + Math.min(1, rows - 1) * rowStep;
    int x2 = xStart + Math.min(2, rows - 1) * rowStep;
    int x3 = xStart + Math.min(3, rows - 1) * rowStep;
    int x4 = xStart + Math.min(4, rows - 1) * rowStep;
    int x5 = xStart + Math.min(5, rows - 1) * rowStep;
    int x6 = xStart + Math.min(6, rows - 1) * rowStep;
    int x7 = xStart + Math.min(7, rows - 1) * rowStep;
    FloatVector a0 = FloatVector.fromArray(F32, sums, at);
    FloatVector a1 = FloatVector.fromArray(F32, sums, at + LANES);
    FloatVector b0 = FloatVector.fromArray(F32, sums, at + to);
    FloatVector b1 = FloatVector.fromArray(F32, sums, at + to + LANES);
    FloatVector c0 = FloatVector.fromArray(F32, sums, at + 2 * to);
    FloatVector c1 = FloatVector.fromArray(F32, sums, at + 2 * to + LANES);
    FloatVector d0 = FloatVector.fromArray(F32, sums, at + 3 * to);
    FloatVector d1 = FloatVector.fromArray(F32, sums, at + 3 * to + LANES);
    FloatVector e0 = FloatVector.fromArray(F32, sums, at + 4 * to);
    FloatVector e1 = FloatVector.fromArray(F32, sums, at + 4 * to + LANES);
    FloatVector f0 = FloatVector.fromArray(F32, sums, at + 5 * to);
    FloatVector f1 = FloatVector.fromArray(F32, sums, at + 5 * to + LANES);
    FloatVector g0 = FloatVector.fromArray(F32, sums, at + 6 * to);
    FloatVector g1 = FloatVector.fromArray(F32, sums, at + 6 * to + LANES);
    FloatVector h0 = FloatVector.fromArray(F32, sums, at + 7 * to);
    FloatVector h1 = FloatVector.fromArray(F32, sums, at + 7 * to + LANES);
    for (int k = 0; k < cols; k++) {
      long column = start + k * COLUMN_BYTES;
      int offset = k * step;
      FloatVector w0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN);
      FloatVector w1 = FloatVector.fromMemorySegment(F32, w, column + VECTOR_BYTES, LITTLE_ENDIAN);
      FloatVector xk = FloatVector.broadcast(F32, x[xStart + offset]);
      a0 = w0.fma(xk, a0);
      a1 = w1.fma(xk, a1);
      xk = FloatVector.broadcast(F32, x[x1 + offset]);
      b0 = w0.fma(xk, b0);
      b1 = w1.fma(xk, b1);
      xk = FloatVector.broadcast(F32, x[x2 + offset]);
      c0 = w0.fma(xk, c0);
      c1 = w1.fma(xk, c1);
      xk = FloatVector.broadcast(F32, x[x3 + offset]);
      d0 = w0.fma(xk, d0);
      d1 = w1.fma(xk, d1);
      xk = FloatVector.broadcast(F32, x[x4 + offset]);
      e0 = w0.fma(xk, e0);
      e1 = w1.fma(xk, e1);
      xk = FloatVector.broadcast(F32, x[x5 + offset]);
      f0 = w0.fma(xk, f0);
      f1 = w1.fma(xk, f1);
      xk = FloatVector.broadcast(F32, x[x6 + offset]);
      g0 = w0.fma(xk, g0);
      g1 = w1.fma(xk, g1);
      xk = FloatVector.broadcast(F32, x[x7 + offset]);
      h0 = w0.fma(xk, h0);
      h1 = w1.fma(xk, h1);
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LANES);
    b0.intoArray(sums, at + to);
    b1.intoArray(sums, at + to + LANES);
    c0.intoArray(sums, at + 2 * to);
    c1.intoArray(sums, at + 2 * to + LANES);
    d0.intoArray(sums, at + 3 * to);
    d1.intoArray(sums, at + 3 * to + LANES);
    e0.intoArray(sums, at + 4 * to);
    e1.intoArray(sums, at + 4 * to + LANES);
    f0.intoArray(sums, at + 5 * to);
    f1.intoArray(sums, at + 5 * to + LANES);
    g0.intoArray(sums, at + 6 * to);
    g1.intoArray(sums, at + 6 * to + LANES);
    h0.intoArray(sums, at + 7 * to);
    h1.intoArray(sums, at + 7 * to + LANES);
  }
}
