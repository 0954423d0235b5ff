package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of products over pieces of scaled encodings.
 *
 * <p>A piece has one column of 64 floats per level, then one per scale, then one per minimum.
 */
final class ScaledPanels {

  /*
   * A group has sums of its own, which are scaled and added to those before once it is complete. There are no registers for both, but
   * C2 keeps those before on the stack while a group lasts, which is a third faster than keeping them in the array. The loops walk a long, which C2 does not unroll: see
   * F32Panels.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final int PANEL = PanelLayout.ROWS;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;

  private ScaledPanels() {}

  /** Adds the products of one piece with rows of x, four at a time, to their sums, 64 for each row. */
  static void add(
      ScaledEncoding encoding, MemorySegment piece, long start, float[] x, int xStart, int rowStep, int rows, int cols,
      float[] sums, int at) {
    int size = encoding.groupSize();
    long scales = cols * COLUMN_BYTES;
    long minimums = scales + cols / size * COLUMN_BYTES;
    for (int r = 0; r < rows; r += 4) {
      int four = Math.min(4, rows - r);
      int xRow = xStart + r * rowStep;
      for (int strip = 0; strip < PANEL; strip += F32Panels.STRIP) {
        long first = start + (long) strip * Float.BYTES;
        int to = at + r * PANEL + strip;
        if (encoding.hasMinimum()) {
          vectorFourRowsWithMinimums(piece, first, first + scales, first + minimums, size, x, xRow, rowStep, four, cols,
              sums,
              to);
        } else {
          vectorFourRows(piece, first, first + scales, size, x, xRow, rowStep, four, cols, sums, to);
        }
      }
    }
  }

  /**
   * Adds the products of a strip with up to four rows of {@code x} to {@code sums}, 64 floats apart.
   *
   * <p>Where there are fewer rows, the last stands in for those missing, and their sums mean nothing.
   */
  private static void vectorFourRows(
      MemorySegment piece, long start, long scales, int groupSize, float[] x, int xStart, int rowStep, int rows,
      int cols, float[] sums, int at) {
    int x1 = Math.min(1, rows - 1) * rowStep;
    int x2 = Math.min(2, rows - 1) * rowStep;
    int x3 = Math.min(3, rows - 1) * rowStep;
    FloatVector aSum0 = FloatVector.fromArray(F32, sums, at);
    FloatVector aSum1 = FloatVector.fromArray(F32, sums, at + LANES);
    FloatVector aSum2 = FloatVector.fromArray(F32, sums, at + 2 * LANES);
    FloatVector aSum3 = FloatVector.fromArray(F32, sums, at + 3 * LANES);
    FloatVector bSum0 = FloatVector.fromArray(F32, sums, at + PANEL);
    FloatVector bSum1 = FloatVector.fromArray(F32, sums, at + PANEL + LANES);
    FloatVector bSum2 = FloatVector.fromArray(F32, sums, at + PANEL + 2 * LANES);
    FloatVector bSum3 = FloatVector.fromArray(F32, sums, at + PANEL + 3 * LANES);
    FloatVector cSum0 = FloatVector.fromArray(F32, sums, at + 2 * PANEL);
    FloatVector cSum1 = FloatVector.fromArray(F32, sums, at + 2 * PANEL + LANES);
    FloatVector cSum2 = FloatVector.fromArray(F32, sums, at + 2 * PANEL + 2 * LANES);
    FloatVector cSum3 = FloatVector.fromArray(F32, sums, at + 2 * PANEL + 3 * LANES);
    FloatVector dSum0 = FloatVector.fromArray(F32, sums, at + 3 * PANEL);
    FloatVector dSum1 = FloatVector.fromArray(F32, sums, at + 3 * PANEL + LANES);
    FloatVector dSum2 = FloatVector.fromArray(F32, sums, at + 3 * PANEL + 2 * LANES);
    FloatVector dSum3 = FloatVector.fromArray(F32, sums, at + 3 * PANEL + 3 * LANES);
    long column = start;
    long scale = scales;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      FloatVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
      FloatVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
      for (long groupEnd = column + groupSize * COLUMN_BYTES; column < groupEnd; k++) {
        FloatVector w0 = FloatVector.fromMemorySegment(F32, piece, column, LITTLE_ENDIAN);
        FloatVector w1 = FloatVector.fromMemorySegment(F32, piece, column + VECTOR_BYTES, LITTLE_ENDIAN);
        FloatVector w2 = FloatVector.fromMemorySegment(F32, piece, column + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
        FloatVector w3 = FloatVector.fromMemorySegment(F32, piece, column + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
        column += COLUMN_BYTES;
        FloatVector xk = FloatVector.broadcast(F32, x[k]);
        a0 = w0.fma(xk, a0);
        a1 = w1.fma(xk, a1);
        a2 = w2.fma(xk, a2);
        a3 = w3.fma(xk, a3);
        xk = FloatVector.broadcast(F32, x[k + x1]);
        b0 = w0.fma(xk, b0);
        b1 = w1.fma(xk, b1);
        b2 = w2.fma(xk, b2);
        b3 = w3.fma(xk, b3);
        xk = FloatVector.broadcast(F32, x[k + x2]);
        c0 = w0.fma(xk, c0);
        c1 = w1.fma(xk, c1);
        c2 = w2.fma(xk, c2);
        c3 = w3.fma(xk, c3);
        xk = FloatVector.broadcast(F32, x[k + x3]);
        d0 = w0.fma(xk, d0);
        d1 = w1.fma(xk, d1);
        d2 = w2.fma(xk, d2);
        d3 = w3.fma(xk, d3);
      }
      FloatVector factor = FloatVector.fromMemorySegment(F32, piece, scale, LITTLE_ENDIAN);
      aSum0 = factor.fma(a0, aSum0);
      bSum0 = factor.fma(b0, bSum0);
      cSum0 = factor.fma(c0, cSum0);
      dSum0 = factor.fma(d0, dSum0);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + VECTOR_BYTES, LITTLE_ENDIAN);
      aSum1 = factor.fma(a1, aSum1);
      bSum1 = factor.fma(b1, bSum1);
      cSum1 = factor.fma(c1, cSum1);
      dSum1 = factor.fma(d1, dSum1);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
      aSum2 = factor.fma(a2, aSum2);
      bSum2 = factor.fma(b2, bSum2);
      cSum2 = factor.fma(c2, cSum2);
      dSum2 = factor.fma(d2, dSum2);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
      aSum3 = factor.fma(a3, aSum3);
      bSum3 = factor.fma(b3, bSum3);
      cSum3 = factor.fma(c3, cSum3);
      dSum3 = factor.fma(d3, dSum3);
      scale += COLUMN_BYTES;
    }
    aSum0.intoArray(sums, at);
    aSum1.intoArray(sums, at + LANES);
    aSum2.intoArray(sums, at + 2 * LANES);
    aSum3.intoArray(sums, at + 3 * LANES);
    bSum0.intoArray(sums, at + PANEL);
    bSum1.intoArray(sums, at + PANEL + LANES);
    bSum2.intoArray(sums, at + PANEL + 2 * LANES);
    bSum3.intoArray(sums, at + PANEL + 3 * LANES);
    cSum0.intoArray(sums, at + 2 * PANEL);
    cSum1.intoArray(sums, at + 2 * PANEL + LANES);
    cSum2.intoArray(sums, at + 2 * PANEL + 2 * LANES);
    cSum3.intoArray(sums, at + 2 * PANEL + 3 * LANES);
    dSum0.intoArray(sums, at + 3 * PANEL);
    dSum1.intoArray(sums, at + 3 * PANEL + LANES);
    dSum2.intoArray(sums, at + 3 * PANEL + 2 * LANES);
    dSum3.intoArray(sums, at + 3 * PANEL + 3 * LANES);
  }

  /** The same, where groups have a minimum: that of each is multiplied by the total of x. */
  private static void vectorFourRowsWithMinimums(
      MemorySegment piece, long start, long scales, long minimums, int groupSize, float[] x, int xStart, int rowStep,
      int rows,
      int cols, float[] sums, int at) {
    int x1 = Math.min(1, rows - 1) * rowStep;
    int x2 = Math.min(2, rows - 1) * rowStep;
    int x3 = Math.min(3, rows - 1) * rowStep;
    FloatVector aSum0 = FloatVector.fromArray(F32, sums, at);
    FloatVector aSum1 = FloatVector.fromArray(F32, sums, at + LANES);
    FloatVector aSum2 = FloatVector.fromArray(F32, sums, at + 2 * LANES);
    FloatVector aSum3 = FloatVector.fromArray(F32, sums, at + 3 * LANES);
    FloatVector bSum0 = FloatVector.fromArray(F32, sums, at + PANEL);
    FloatVector bSum1 = FloatVector.fromArray(F32, sums, at + PANEL + LANES);
    FloatVector bSum2 = FloatVector.fromArray(F32, sums, at + PANEL + 2 * LANES);
    FloatVector bSum3 = FloatVector.fromArray(F32, sums, at + PANEL + 3 * LANES);
    FloatVector cSum0 = FloatVector.fromArray(F32, sums, at + 2 * PANEL);
    FloatVector cSum1 = FloatVector.fromArray(F32, sums, at + 2 * PANEL + LANES);
    FloatVector cSum2 = FloatVector.fromArray(F32, sums, at + 2 * PANEL + 2 * LANES);
    FloatVector cSum3 = FloatVector.fromArray(F32, sums, at + 2 * PANEL + 3 * LANES);
    FloatVector dSum0 = FloatVector.fromArray(F32, sums, at + 3 * PANEL);
    FloatVector dSum1 = FloatVector.fromArray(F32, sums, at + 3 * PANEL + LANES);
    FloatVector dSum2 = FloatVector.fromArray(F32, sums, at + 3 * PANEL + 2 * LANES);
    FloatVector dSum3 = FloatVector.fromArray(F32, sums, at + 3 * PANEL + 3 * LANES);
    long column = start;
    long scale = scales;
    long minimum = minimums;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      FloatVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
      FloatVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
      FloatVector aTotal = a0, bTotal = a0, cTotal = a0, dTotal = a0;
      for (long groupEnd = column + groupSize * COLUMN_BYTES; column < groupEnd; k++) {
        FloatVector w0 = FloatVector.fromMemorySegment(F32, piece, column, LITTLE_ENDIAN);
        FloatVector w1 = FloatVector.fromMemorySegment(F32, piece, column + VECTOR_BYTES, LITTLE_ENDIAN);
        FloatVector w2 = FloatVector.fromMemorySegment(F32, piece, column + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
        FloatVector w3 = FloatVector.fromMemorySegment(F32, piece, column + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
        column += COLUMN_BYTES;
        FloatVector xk = FloatVector.broadcast(F32, x[k]);
        aTotal = xk.add(aTotal);
        a0 = w0.fma(xk, a0);
        a1 = w1.fma(xk, a1);
        a2 = w2.fma(xk, a2);
        a3 = w3.fma(xk, a3);
        xk = FloatVector.broadcast(F32, x[k + x1]);
        bTotal = xk.add(bTotal);
        b0 = w0.fma(xk, b0);
        b1 = w1.fma(xk, b1);
        b2 = w2.fma(xk, b2);
        b3 = w3.fma(xk, b3);
        xk = FloatVector.broadcast(F32, x[k + x2]);
        cTotal = xk.add(cTotal);
        c0 = w0.fma(xk, c0);
        c1 = w1.fma(xk, c1);
        c2 = w2.fma(xk, c2);
        c3 = w3.fma(xk, c3);
        xk = FloatVector.broadcast(F32, x[k + x3]);
        dTotal = xk.add(dTotal);
        d0 = w0.fma(xk, d0);
        d1 = w1.fma(xk, d1);
        d2 = w2.fma(xk, d2);
        d3 = w3.fma(xk, d3);
      }
      FloatVector factor = FloatVector.fromMemorySegment(F32, piece, scale, LITTLE_ENDIAN);
      aSum0 = factor.fma(a0, aSum0);
      bSum0 = factor.fma(b0, bSum0);
      cSum0 = factor.fma(c0, cSum0);
      dSum0 = factor.fma(d0, dSum0);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + VECTOR_BYTES, LITTLE_ENDIAN);
      aSum1 = factor.fma(a1, aSum1);
      bSum1 = factor.fma(b1, bSum1);
      cSum1 = factor.fma(c1, cSum1);
      dSum1 = factor.fma(d1, dSum1);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
      aSum2 = factor.fma(a2, aSum2);
      bSum2 = factor.fma(b2, bSum2);
      cSum2 = factor.fma(c2, cSum2);
      dSum2 = factor.fma(d2, dSum2);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
      aSum3 = factor.fma(a3, aSum3);
      bSum3 = factor.fma(b3, bSum3);
      cSum3 = factor.fma(c3, cSum3);
      dSum3 = factor.fma(d3, dSum3);
      FloatVector offset = FloatVector.fromMemorySegment(F32, piece, minimum, LITTLE_ENDIAN).neg();
      aSum0 = offset.fma(aTotal, aSum0);
      bSum0 = offset.fma(bTotal, bSum0);
      cSum0 = offset.fma(cTotal, cSum0);
      dSum0 = offset.fma(dTotal, dSum0);
      offset = FloatVector.fromMemorySegment(F32, piece, minimum + VECTOR_BYTES, LITTLE_ENDIAN).neg();
      aSum1 = offset.fma(aTotal, aSum1);
      bSum1 = offset.fma(bTotal, bSum1);
      cSum1 = offset.fma(cTotal, cSum1);
      dSum1 = offset.fma(dTotal, dSum1);
      offset = FloatVector.fromMemorySegment(F32, piece, minimum + 2 * VECTOR_BYTES, LITTLE_ENDIAN).neg();
      aSum2 = offset.fma(aTotal, aSum2);
      bSum2 = offset.fma(bTotal, bSum2);
      cSum2 = offset.fma(cTotal, cSum2);
      dSum2 = offset.fma(dTotal, dSum2);
      offset = FloatVector.fromMemorySegment(F32, piece, minimum + 3 * VECTOR_BYTES, LITTLE_ENDIAN).neg();
      aSum3 = offset.fma(aTotal, aSum3);
      bSum3 = offset.fma(bTotal, bSum3);
      cSum3 = offset.fma(cTotal, cSum3);
      dSum3 = offset.fma(dTotal, dSum3);
      scale += COLUMN_BYTES;
      minimum += COLUMN_BYTES;
    }
    aSum0.intoArray(sums, at);
    aSum1.intoArray(sums, at + LANES);
    aSum2.intoArray(sums, at + 2 * LANES);
    aSum3.intoArray(sums, at + 3 * LANES);
    bSum0.intoArray(sums, at + PANEL);
    bSum1.intoArray(sums, at + PANEL + LANES);
    bSum2.intoArray(sums, at + PANEL + 2 * LANES);
    bSum3.intoArray(sums, at + PANEL + 3 * LANES);
    cSum0.intoArray(sums, at + 2 * PANEL);
    cSum1.intoArray(sums, at + 2 * PANEL + LANES);
    cSum2.intoArray(sums, at + 2 * PANEL + 2 * LANES);
    cSum3.intoArray(sums, at + 2 * PANEL + 3 * LANES);
    dSum0.intoArray(sums, at + 3 * PANEL);
    dSum1.intoArray(sums, at + 3 * PANEL + LANES);
    dSum2.intoArray(sums, at + 3 * PANEL + 2 * LANES);
    dSum3.intoArray(sums, at + 3 * PANEL + 3 * LANES);
  }
}
