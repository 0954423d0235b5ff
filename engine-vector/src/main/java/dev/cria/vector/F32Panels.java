package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of F32 products over panels. */
final class F32Panels {

  /*
   * A lane is a row of w, so every output is summed over k in ascending order by one chain of fused multiply-adds: the bits
   * do not depend on the vector width, and nothing is reduced across lanes. Four to sixteen chains side by side hide the
   * latency of FMA (4 to 5 cycles).
   *
   * Memory must be read in order. A short loop over int k is unrolled by C2, which then mixes the loads of several columns,
   * and the hardware no longer sees streams to fetch ahead: that halves the speed from memory, or worse. So loops are either
   * as long as fourStrips, or walk a long, which C2 does not unroll. Measurements: benchmarks/RESULTS.md.
   *
   * Nothing here, or in any class of this package, hands a vector to a method of its own: where C2 does not inline that
   * method, since the caller has grown too large, every vector becomes an object on the heap. Methods speak arrays.
   *
   * Each loop has a plain twin, which runs until C2 has compiled it (Trial). Names begin with "vector" and "plain", by which the launcher
   * tells the JVM to compile them early, and not to inline those on vectors: they are large, and would be compiled again in each caller.
   *
   * And no operation is called on a vector that a loop carries from round to round, only with it: C2 does not know its class
   * while it inlines, goes by the calls it happens to have seen, and made objects of it in half of all processes.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;

  /** Rows that one vector after another, four of them, make: what a loop does at a time. */
  static final int STRIP = 4 * LANES;

  private static final Trial FOUR_STRIPS = new Trial();
  private static final Trial STRIPS = new Trial();
  private static final Trial HALF_STRIPS = new Trial();
  private static final Trial FOUR_ROWS = new Trial();

  private F32Panels() {}

  /**
   * Writes the products of four strips, of one matrix or of several, in one pass over x: {@code sums[at .. at + 4 * STRIP)}.
   */
  static void fourStrips(
      MemorySegment a, long aStart, MemorySegment b, long bStart, MemorySegment c, long cStart, MemorySegment d,
      long dStart, float[] x, int xStart, int cols, float[] sums, int at) {
    long call = FOUR_STRIPS.begin();
    if (Trial.takesVectors(call)) {
      vectorFourStrips(a, aStart, b, bStart, c, cStart, d, dStart, x, xStart, cols, sums, at);
    } else {
      plainStrip(a, aStart, STRIP, x, xStart, cols, sums, at);
      plainStrip(b, bStart, STRIP, x, xStart, cols, sums, at + STRIP);
      plainStrip(c, cStart, STRIP, x, xStart, cols, sums, at + 2 * STRIP);
      plainStrip(d, dStart, STRIP, x, xStart, cols, sums, at + 3 * STRIP);
    }
    FOUR_STRIPS.end(call, cols);
  }

  /** Writes the products of one strip: {@code sums[at .. at + STRIP)}. */
  static void strip(MemorySegment w, long start, float[] x, int xStart, int cols, float[] sums, int at) {
    long call = STRIPS.begin();
    if (Trial.takesVectors(call)) {
      vectorStrip(w, start, x, xStart, cols, sums, at);
    } else {
      plainStrip(w, start, STRIP, x, xStart, cols, sums, at);
    }
    STRIPS.end(call, cols);
  }

  /** Writes the products of half a strip: {@code sums[at .. at + STRIP / 2)}. */
  static void halfStrip(MemorySegment w, long start, float[] x, int xStart, int cols, float[] sums, int at) {
    long call = HALF_STRIPS.begin();
    if (Trial.takesVectors(call)) {
      vectorHalfStrip(w, start, x, xStart, cols, sums, at);
    } else {
      plainStrip(w, start, STRIP / 2, x, xStart, cols, sums, at);
    }
    HALF_STRIPS.end(call, cols);
  }

  /**
   * Adds the products of a strip with up to four rows of {@code x} to four rows of {@code sums}.
   *
   * <p>Where there are fewer rows, the last stands in for those missing, and their sums mean nothing.
   *
   * @param rowStep from one row of x to the next
   * @param step from one column of x to the next: its rows may be the columns of a matrix
   * @param sumStep from one row of sums to the next
   */
  static void fourRows(
      MemorySegment w, long start, float[] x, int xStart, int rowStep, int step, int rows, int cols, float[] sums,
      int at, int sumStep) {
    long call = FOUR_ROWS.begin();
    if (Trial.takesVectors(call)) {
      vectorFourRows(w, start, x, xStart, rowStep, step, rows, cols, sums, at, sumStep);
    } else {
      for (int row = 0; row < rows; row++) {
        plainAdd(w, start, STRIP, x, xStart + row * rowStep, step, cols, sums, at + row * sumStep);
      }
    }
    FOUR_ROWS.end(call, (long) rows * cols);
  }

  /** Writes the products of {@code height} rows of a panel. */
  private static void plainStrip(
      MemorySegment w, long start, int height, float[] x, int xStart, int cols, float[] sums, int at) {
    Arrays.fill(sums, at, at + height, 0f);
    plainAdd(w, start, height, x, xStart, 1, cols, sums, at);
  }

  private static void plainAdd(
      MemorySegment w, long start, int height, float[] x, int xStart, int step, int cols, float[] sums, int at) {
    for (int k = 0; k < cols; k++) {
      plainColumn(w, start + k * COLUMN_BYTES, height, x[xStart + k * step], sums, at);
    }
  }

  private static void plainColumn(MemorySegment w, long column, int height, float xk, float[] sums, int at) {
    for (int row = 0; row < height; row++) {
      sums[at + row] = Math.fma(w.get(Packing.FLOAT, column + (long) row * Float.BYTES), xk, sums[at + row]);
    }
  }

  private static void vectorFourStrips(
      MemorySegment a, long aStart, MemorySegment b, long bStart, MemorySegment c, long cStart, MemorySegment d,
      long dStart, float[] x, int xStart, int cols, float[] sums, int at) {
    FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
    FloatVector b0 = FloatVector.zero(F32), b1 = b0, b2 = b0, b3 = b0;
    FloatVector c0 = FloatVector.zero(F32), c1 = c0, c2 = c0, c3 = c0;
    FloatVector d0 = FloatVector.zero(F32), d1 = d0, d2 = d0, d3 = d0;
    for (int k = 0; k < cols; k++) {
      FloatVector xk = FloatVector.broadcast(F32, x[xStart + k]);
      long aColumn = aStart + k * COLUMN_BYTES;
      a0 = FloatVector.fromMemorySegment(F32, a, aColumn, LITTLE_ENDIAN).fma(xk, a0);
      a1 = FloatVector.fromMemorySegment(F32, a, aColumn + VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, a1);
      a2 = FloatVector.fromMemorySegment(F32, a, aColumn + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, a2);
      a3 = FloatVector.fromMemorySegment(F32, a, aColumn + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, a3);
      long bColumn = bStart + k * COLUMN_BYTES;
      b0 = FloatVector.fromMemorySegment(F32, b, bColumn, LITTLE_ENDIAN).fma(xk, b0);
      b1 = FloatVector.fromMemorySegment(F32, b, bColumn + VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, b1);
      b2 = FloatVector.fromMemorySegment(F32, b, bColumn + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, b2);
      b3 = FloatVector.fromMemorySegment(F32, b, bColumn + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, b3);
      long cColumn = cStart + k * COLUMN_BYTES;
      c0 = FloatVector.fromMemorySegment(F32, c, cColumn, LITTLE_ENDIAN).fma(xk, c0);
      c1 = FloatVector.fromMemorySegment(F32, c, cColumn + VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, c1);
      c2 = FloatVector.fromMemorySegment(F32, c, cColumn + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, c2);
      c3 = FloatVector.fromMemorySegment(F32, c, cColumn + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, c3);
      long dColumn = dStart + k * COLUMN_BYTES;
      d0 = FloatVector.fromMemorySegment(F32, d, dColumn, LITTLE_ENDIAN).fma(xk, d0);
      d1 = FloatVector.fromMemorySegment(F32, d, dColumn + VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, d1);
      d2 = FloatVector.fromMemorySegment(F32, d, dColumn + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, d2);
      d3 = FloatVector.fromMemorySegment(F32, d, dColumn + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, d3);
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LANES);
    a2.intoArray(sums, at + 2 * LANES);
    a3.intoArray(sums, at + 3 * LANES);
    b0.intoArray(sums, at + STRIP);
    b1.intoArray(sums, at + STRIP + LANES);
    b2.intoArray(sums, at + STRIP + 2 * LANES);
    b3.intoArray(sums, at + STRIP + 3 * LANES);
    c0.intoArray(sums, at + 2 * STRIP);
    c1.intoArray(sums, at + 2 * STRIP + LANES);
    c2.intoArray(sums, at + 2 * STRIP + 2 * LANES);
    c3.intoArray(sums, at + 2 * STRIP + 3 * LANES);
    d0.intoArray(sums, at + 3 * STRIP);
    d1.intoArray(sums, at + 3 * STRIP + LANES);
    d2.intoArray(sums, at + 3 * STRIP + 2 * LANES);
    d3.intoArray(sums, at + 3 * STRIP + 3 * LANES);
  }

  private static void vectorStrip(MemorySegment w, long start, float[] x, int xStart, int cols, float[] sums, int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long end = start + cols * COLUMN_BYTES;
    int k = xStart;
    for (long column = start; column < end; column += COLUMN_BYTES) {
      FloatVector xk = FloatVector.broadcast(F32, x[k++]);
      sum0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN).fma(xk, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, w, column + VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, w, column + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, w, column + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, sum3);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  private static void vectorHalfStrip(MemorySegment w, long start, float[] x, int xStart, int cols, float[] sums,
      int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0;
    long end = start + cols * COLUMN_BYTES;
    int k = xStart;
    for (long column = start; column < end; column += COLUMN_BYTES) {
      FloatVector xk = FloatVector.broadcast(F32, x[k++]);
      sum0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN).fma(xk, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, w, column + VECTOR_BYTES, LITTLE_ENDIAN).fma(xk, sum1);
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
  }

  private static void vectorFourRows(
      MemorySegment w, long start, float[] x, int xStart, int rowStep, int step, int rows, int cols, float[] sums,
      int at, int sumStep) {
    int x1 = xStart + Math.min(1, rows - 1) * rowStep;
    int x2 = xStart + Math.min(2, rows - 1) * rowStep;
    int x3 = xStart + Math.min(3, rows - 1) * rowStep;
    FloatVector a0 = FloatVector.fromArray(F32, sums, at);
    FloatVector a1 = FloatVector.fromArray(F32, sums, at + LANES);
    FloatVector a2 = FloatVector.fromArray(F32, sums, at + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(F32, sums, at + 3 * LANES);
    int b = at + sumStep;
    FloatVector b0 = FloatVector.fromArray(F32, sums, b);
    FloatVector b1 = FloatVector.fromArray(F32, sums, b + LANES);
    FloatVector b2 = FloatVector.fromArray(F32, sums, b + 2 * LANES);
    FloatVector b3 = FloatVector.fromArray(F32, sums, b + 3 * LANES);
    int c = b + sumStep;
    FloatVector c0 = FloatVector.fromArray(F32, sums, c);
    FloatVector c1 = FloatVector.fromArray(F32, sums, c + LANES);
    FloatVector c2 = FloatVector.fromArray(F32, sums, c + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(F32, sums, c + 3 * LANES);
    int d = c + sumStep;
    FloatVector d0 = FloatVector.fromArray(F32, sums, d);
    FloatVector d1 = FloatVector.fromArray(F32, sums, d + LANES);
    FloatVector d2 = FloatVector.fromArray(F32, sums, d + 2 * LANES);
    FloatVector d3 = FloatVector.fromArray(F32, sums, d + 3 * LANES);
    for (int k = 0; k < cols; k++) {
      long column = start + k * COLUMN_BYTES;
      FloatVector w0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN);
      FloatVector w1 = FloatVector.fromMemorySegment(F32, w, column + VECTOR_BYTES, LITTLE_ENDIAN);
      FloatVector w2 = FloatVector.fromMemorySegment(F32, w, column + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
      FloatVector w3 = FloatVector.fromMemorySegment(F32, w, column + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
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
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LANES);
    a2.intoArray(sums, at + 2 * LANES);
    a3.intoArray(sums, at + 3 * LANES);
    b0.intoArray(sums, b);
    b1.intoArray(sums, b + LANES);
    b2.intoArray(sums, b + 2 * LANES);
    b3.intoArray(sums, b + 3 * LANES);
    c0.intoArray(sums, c);
    c1.intoArray(sums, c + LANES);
    c2.intoArray(sums, c + 2 * LANES);
    c3.intoArray(sums, c + 3 * LANES);
    d0.intoArray(sums, d);
    d1.intoArray(sums, d + LANES);
    d2.intoArray(sums, d + 2 * LANES);
    d3.intoArray(sums, d + 3 * LANES);
  }
}
