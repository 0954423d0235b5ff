package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of F32 products over panels. */
final class F32Panels {

  /*
   * A lane is a row of w, so every output is summed over k in ascending order by one chain of fused multiply-adds: the bits
   * do not depend on the vector width, and nothing is reduced across lanes. Four to sixteen chains side by side hide the
   * latency of FMA (4 to 5 cycles); measurements: benchmarks/RESULTS.md.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;

  /** Rows that one vector after another, four of them, make: what a loop does at a time. */
  static final int STRIP = 4 * LANES;

  private F32Panels() {}

  /** {@code sums[at .. at + STRIP) = w · x}. */
  static void strip(MemorySegment w, long start, float[] x, int xStart, int cols, float[] sums, int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (int k = 0; k < cols; k++) {
      FloatVector xk = FloatVector.broadcast(F32, x[xStart + k]);
      long column = start + k * COLUMN_BYTES;
      sum0 = rows(w, column, 0).fma(xk, sum0);
      sum1 = rows(w, column, 1).fma(xk, sum1);
      sum2 = rows(w, column, 2).fma(xk, sum2);
      sum3 = rows(w, column, 3).fma(xk, sum3);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  /** {@code sums[at .. at + STRIP / 2) = w · x}. */
  static void halfStrip(MemorySegment w, long start, float[] x, int xStart, int cols, float[] sums, int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0;
    for (int k = 0; k < cols; k++) {
      FloatVector xk = FloatVector.broadcast(F32, x[xStart + k]);
      long column = start + k * COLUMN_BYTES;
      sum0 = rows(w, column, 0).fma(xk, sum0);
      sum1 = rows(w, column, 1).fma(xk, sum1);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
  }

  /** {@code sums[at .. at + STRIP) = v · x} and {@code sums[at + STRIP .. at + 2 * STRIP) = w · x} in one pass over x. */
  static void twoStrips(
      MemorySegment v, long vStart, MemorySegment w, long wStart, float[] x, int xStart, int cols, float[] sums,
      int at) {
    FloatVector v0 = FloatVector.zero(F32), v1 = v0, v2 = v0, v3 = v0;
    FloatVector w0 = v0, w1 = v0, w2 = v0, w3 = v0;
    for (int k = 0; k < cols; k++) {
      FloatVector xk = FloatVector.broadcast(F32, x[xStart + k]);
      long vColumn = vStart + k * COLUMN_BYTES;
      v0 = rows(v, vColumn, 0).fma(xk, v0);
      v1 = rows(v, vColumn, 1).fma(xk, v1);
      v2 = rows(v, vColumn, 2).fma(xk, v2);
      v3 = rows(v, vColumn, 3).fma(xk, v3);
      long wColumn = wStart + k * COLUMN_BYTES;
      w0 = rows(w, wColumn, 0).fma(xk, w0);
      w1 = rows(w, wColumn, 1).fma(xk, w1);
      w2 = rows(w, wColumn, 2).fma(xk, w2);
      w3 = rows(w, wColumn, 3).fma(xk, w3);
    }
    store(v0, v1, v2, v3, sums, at);
    store(w0, w1, w2, w3, sums, at + STRIP);
  }

  /**
   * Adds the products of a strip with up to four rows of {@code x} to {@code sums}, 64 floats apart.
   *
   * <p>Where there are fewer rows, the last stands in for those missing, and their sums mean nothing.
   *
   * @param rowStep from one row of x to the next
   * @param step from one column of x to the next: its rows may be the columns of a matrix
   */
  static void fourRows(
      MemorySegment w, long start, float[] x, int xStart, int rowStep, int step, int rows, int cols, float[] sums,
      int at) {
    int x1 = xStart + Math.min(1, rows - 1) * rowStep;
    int x2 = xStart + Math.min(2, rows - 1) * rowStep;
    int x3 = xStart + Math.min(3, rows - 1) * rowStep;
    FloatVector a0 = load(sums, at, 0), a1 = load(sums, at, 1), a2 = load(sums, at, 2), a3 = load(sums, at, 3);
    int b = at + PanelLayout.ROWS;
    FloatVector b0 = load(sums, b, 0), b1 = load(sums, b, 1), b2 = load(sums, b, 2), b3 = load(sums, b, 3);
    int c = b + PanelLayout.ROWS;
    FloatVector c0 = load(sums, c, 0), c1 = load(sums, c, 1), c2 = load(sums, c, 2), c3 = load(sums, c, 3);
    int d = c + PanelLayout.ROWS;
    FloatVector d0 = load(sums, d, 0), d1 = load(sums, d, 1), d2 = load(sums, d, 2), d3 = load(sums, d, 3);
    for (int k = 0; k < cols; k++) {
      long column = start + k * COLUMN_BYTES;
      FloatVector w0 = rows(w, column, 0), w1 = rows(w, column, 1), w2 = rows(w, column, 2), w3 = rows(w, column, 3);
      FloatVector xk = FloatVector.broadcast(F32, x[xStart + k * step]);
      a0 = w0.fma(xk, a0);
      a1 = w1.fma(xk, a1);
      a2 = w2.fma(xk, a2);
      a3 = w3.fma(xk, a3);
      xk = FloatVector.broadcast(F32, x[x1 + k * step]);
      b0 = w0.fma(xk, b0);
      b1 = w1.fma(xk, b1);
      b2 = w2.fma(xk, b2);
      b3 = w3.fma(xk, b3);
      xk = FloatVector.broadcast(F32, x[x2 + k * step]);
      c0 = w0.fma(xk, c0);
      c1 = w1.fma(xk, c1);
      c2 = w2.fma(xk, c2);
      c3 = w3.fma(xk, c3);
      xk = FloatVector.broadcast(F32, x[x3 + k * step]);
      d0 = w0.fma(xk, d0);
      d1 = w1.fma(xk, d1);
      d2 = w2.fma(xk, d2);
      d3 = w3.fma(xk, d3);
    }
    store(a0, a1, a2, a3, sums, at);
    store(b0, b1, b2, b3, sums, b);
    store(c0, c1, c2, c3, sums, c);
    store(d0, d1, d2, d3, sums, d);
  }

  private static FloatVector rows(MemorySegment w, long column, int vector) {
    return FloatVector.fromMemorySegment(F32, w, column + (long) vector * LANES * Float.BYTES, LITTLE_ENDIAN);
  }

  private static FloatVector load(float[] sums, int at, int vector) {
    return FloatVector.fromArray(F32, sums, at + vector * LANES);
  }

  private static void store(
      FloatVector sum0, FloatVector sum1, FloatVector sum2, FloatVector sum3, float[] sums, int at) {
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }
}
