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
   * A group has sums of its own, in registers, which are scaled and added to those before once it is complete; between groups the
   * sums of the rows are in memory, since there are no registers for both. The loops walk a long, which C2 does not unroll: see
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
          fourRowsWithMinimums(piece, first, first + scales, first + minimums, size, x, xRow, rowStep, four, cols, sums,
              to);
        } else {
          fourRows(piece, first, first + scales, size, x, xRow, rowStep, four, cols, sums, to);
        }
      }
    }
  }

  /**
   * Adds the products of a strip with up to four rows of {@code x} to {@code sums}, 64 floats apart.
   *
   * <p>Where there are fewer rows, the last stands in for those missing, and their sums mean nothing.
   */
  private static void fourRows(
      MemorySegment piece, long start, long scales, int groupSize, float[] x, int xStart, int rowStep, int rows,
      int cols, float[] sums, int at) {
    int x1 = Math.min(1, rows - 1) * rowStep;
    int x2 = Math.min(2, rows - 1) * rowStep;
    int x3 = Math.min(3, rows - 1) * rowStep;
    long column = start;
    long scale = scales;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      FloatVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
      FloatVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
      for (long groupEnd = (long) k + groupSize; k < groupEnd; k++) {
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
      factor.fma(a0, FloatVector.fromArray(F32, sums, at))
          .intoArray(sums, at);
      factor.fma(b0, FloatVector.fromArray(F32, sums, at + PANEL))
          .intoArray(sums, at + PANEL);
      factor.fma(c0, FloatVector.fromArray(F32, sums, at + 2 * PANEL))
          .intoArray(sums, at + 2 * PANEL);
      factor.fma(d0, FloatVector.fromArray(F32, sums, at + 3 * PANEL))
          .intoArray(sums, at + 3 * PANEL);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + VECTOR_BYTES, LITTLE_ENDIAN);
      factor.fma(a1, FloatVector.fromArray(F32, sums, at + LANES))
          .intoArray(sums, at + LANES);
      factor.fma(b1, FloatVector.fromArray(F32, sums, at + PANEL + LANES))
          .intoArray(sums, at + PANEL + LANES);
      factor.fma(c1, FloatVector.fromArray(F32, sums, at + 2 * PANEL + LANES))
          .intoArray(sums, at + 2 * PANEL + LANES);
      factor.fma(d1, FloatVector.fromArray(F32, sums, at + 3 * PANEL + LANES))
          .intoArray(sums, at + 3 * PANEL + LANES);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
      factor.fma(a2, FloatVector.fromArray(F32, sums, at + 2 * LANES))
          .intoArray(sums, at + 2 * LANES);
      factor.fma(b2, FloatVector.fromArray(F32, sums, at + PANEL + 2 * LANES))
          .intoArray(sums, at + PANEL + 2 * LANES);
      factor.fma(c2, FloatVector.fromArray(F32, sums, at + 2 * PANEL + 2 * LANES))
          .intoArray(sums, at + 2 * PANEL + 2 * LANES);
      factor.fma(d2, FloatVector.fromArray(F32, sums, at + 3 * PANEL + 2 * LANES))
          .intoArray(sums, at + 3 * PANEL + 2 * LANES);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
      factor.fma(a3, FloatVector.fromArray(F32, sums, at + 3 * LANES))
          .intoArray(sums, at + 3 * LANES);
      factor.fma(b3, FloatVector.fromArray(F32, sums, at + PANEL + 3 * LANES))
          .intoArray(sums, at + PANEL + 3 * LANES);
      factor.fma(c3, FloatVector.fromArray(F32, sums, at + 2 * PANEL + 3 * LANES))
          .intoArray(sums, at + 2 * PANEL + 3 * LANES);
      factor.fma(d3, FloatVector.fromArray(F32, sums, at + 3 * PANEL + 3 * LANES))
          .intoArray(sums, at + 3 * PANEL + 3 * LANES);
      scale += COLUMN_BYTES;
    }
  }

  /** The same, where groups have a minimum: that of each is multiplied by the total of x. */
  private static void fourRowsWithMinimums(
      MemorySegment piece, long start, long scales, long minimums, int groupSize, float[] x, int xStart, int rowStep,
      int rows,
      int cols, float[] sums, int at) {
    int x1 = Math.min(1, rows - 1) * rowStep;
    int x2 = Math.min(2, rows - 1) * rowStep;
    int x3 = Math.min(3, rows - 1) * rowStep;
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
      for (long groupEnd = (long) k + groupSize; k < groupEnd; k++) {
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
      FloatVector offset = FloatVector.fromMemorySegment(F32, piece, minimum, LITTLE_ENDIAN).neg();
      offset.fma(aTotal, factor.fma(a0, FloatVector.fromArray(F32, sums, at)))
          .intoArray(sums, at);
      offset.fma(bTotal, factor.fma(b0, FloatVector.fromArray(F32, sums, at + PANEL)))
          .intoArray(sums, at + PANEL);
      offset.fma(cTotal, factor.fma(c0, FloatVector.fromArray(F32, sums, at + 2 * PANEL)))
          .intoArray(sums, at + 2 * PANEL);
      offset.fma(dTotal, factor.fma(d0, FloatVector.fromArray(F32, sums, at + 3 * PANEL)))
          .intoArray(sums, at + 3 * PANEL);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + VECTOR_BYTES, LITTLE_ENDIAN);
      offset = FloatVector.fromMemorySegment(F32, piece, minimum + VECTOR_BYTES, LITTLE_ENDIAN).neg();
      offset.fma(aTotal, factor.fma(a1, FloatVector.fromArray(F32, sums, at + LANES)))
          .intoArray(sums, at + LANES);
      offset.fma(bTotal, factor.fma(b1, FloatVector.fromArray(F32, sums, at + PANEL + LANES)))
          .intoArray(sums, at + PANEL + LANES);
      offset.fma(cTotal, factor.fma(c1, FloatVector.fromArray(F32, sums, at + 2 * PANEL + LANES)))
          .intoArray(sums, at + 2 * PANEL + LANES);
      offset.fma(dTotal, factor.fma(d1, FloatVector.fromArray(F32, sums, at + 3 * PANEL + LANES)))
          .intoArray(sums, at + 3 * PANEL + LANES);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
      offset = FloatVector.fromMemorySegment(F32, piece, minimum + 2 * VECTOR_BYTES, LITTLE_ENDIAN).neg();
      offset.fma(aTotal, factor.fma(a2, FloatVector.fromArray(F32, sums, at + 2 * LANES)))
          .intoArray(sums, at + 2 * LANES);
      offset.fma(bTotal, factor.fma(b2, FloatVector.fromArray(F32, sums, at + PANEL + 2 * LANES)))
          .intoArray(sums, at + PANEL + 2 * LANES);
      offset.fma(cTotal, factor.fma(c2, FloatVector.fromArray(F32, sums, at + 2 * PANEL + 2 * LANES)))
          .intoArray(sums, at + 2 * PANEL + 2 * LANES);
      offset.fma(dTotal, factor.fma(d2, FloatVector.fromArray(F32, sums, at + 3 * PANEL + 2 * LANES)))
          .intoArray(sums, at + 3 * PANEL + 2 * LANES);
      factor = FloatVector.fromMemorySegment(F32, piece, scale + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
      offset = FloatVector.fromMemorySegment(F32, piece, minimum + 3 * VECTOR_BYTES, LITTLE_ENDIAN).neg();
      offset.fma(aTotal, factor.fma(a3, FloatVector.fromArray(F32, sums, at + 3 * LANES)))
          .intoArray(sums, at + 3 * LANES);
      offset.fma(bTotal, factor.fma(b3, FloatVector.fromArray(F32, sums, at + PANEL + 3 * LANES)))
          .intoArray(sums, at + PANEL + 3 * LANES);
      offset.fma(cTotal, factor.fma(c3, FloatVector.fromArray(F32, sums, at + 2 * PANEL + 3 * LANES)))
          .intoArray(sums, at + 2 * PANEL + 3 * LANES);
      offset.fma(dTotal, factor.fma(d3, FloatVector.fromArray(F32, sums, at + 3 * PANEL + 3 * LANES)))
          .intoArray(sums, at + 3 * PANEL + 3 * LANES);
      scale += COLUMN_BYTES;
      minimum += COLUMN_BYTES;
    }
  }
}
