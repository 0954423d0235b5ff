package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products of {@linkplain ByteLayout levels that are bytes} with one row of activations. */
final class ByteRow {

  /*
   * Four panels at a time are four streams of memory and sixteen chains of sums. There are no registers left for the sums of whole
   * groups, which are in the array, and another method adds to them: with that in the loop it is too long for C1 with counts, and stays
   * uncompiled by C2 (CompilationTest); and it was a sixth slower from memory. The loops walk a long, which C2 does not unroll: see F32Panels.
   */

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Byte> BYTES = VectorShapes.BYTES;
  private static final int LANES = VectorShapes.LANES;
  private static final int PANEL = PanelLayout.ROWS;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
  private static final long COLUMN_BYTES = ByteLayout.COLUMN_BYTES;

  private static final Trial TRIAL = new Trial();

  private ByteRow() {}

  /** See {@link PackedLayout#multiply}. */
  static void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    ScaledEncoding encoding = (ScaledEncoding) a.encoding();
    int cols = a.cols();
    long start = ByteLayout.start(encoding, first, cols, 0);
    long toSecond = ByteLayout.start(encoding, second, cols, 0) - start;
    long toThird = ByteLayout.start(encoding, third, cols, 0) - start;
    long toFourth = ByteLayout.start(encoding, fourth, cols, 0) - start;
    long call = TRIAL.begin();
    if (Trial.takesVectors(call)) {
      Arrays.fill(sums, at, at + 4 * PANEL, 0f);
      for (int lane = 0; lane < PANEL; lane += F32Panels.STRIP) {
        vectorFourStrips(a.data(), start + lane, toSecond, b.data(), toThird, toFourth, lane * 3L,
            encoding.groupSize(), x.data(), x.offset(), cols, sums, at + lane);
      }
    } else {
      plainPanel(a.data(), start, encoding.groupSize(), x, sums, at);
      plainPanel(a.data(), start + toSecond, encoding.groupSize(), x, sums, at + PANEL);
      plainPanel(b.data(), start + toThird, encoding.groupSize(), x, sums, at + 2 * PANEL);
      plainPanel(b.data(), start + toFourth, encoding.groupSize(), x, sums, at + 3 * PANEL);
    }
    TRIAL.end(call, cols);
  }

  private static void plainPanel(MemorySegment w, long start, int groupSize, FloatMatrix x, float[] sums, int at) {
    for (int lane = 0; lane < PANEL; lane++) {
      sums[at + lane] = plainRow(w, start + lane, lane * 3L, groupSize, x.data(), x.offset(), x.cols());
    }
  }

  /** The product of one row. */
  private static float plainRow(
      MemorySegment w, long start, long extra, int groupSize, float[] x, int xStart, int cols) {
    float sum = 0f;
    long column = start;
    int k = xStart;
    while (k < xStart + cols) {
      float levels = 0f;
      for (int groupEnd = k + groupSize; k < groupEnd; k++, column += COLUMN_BYTES) {
        levels = Math.fma((float) w.get(ValueLayout.JAVA_BYTE, column), x[k], levels);
      }
      sum = Math.fma(w.get(Packing.FLOAT, column + extra), levels, sum);
      column += PanelLayout.COLUMN_BYTES;
    }
    return sum;
  }

  /**
   * Adds the products of a strip of each of four panels to {@code sums}, 64 floats apart.
   *
   * @param second where the second strip starts, relative to the first, and so on; the third and the fourth lie in {@code b}
   * @param extra how many bytes farther from the start of their column scales lie than levels do: they are four times as long
   */
  private static void vectorFourStrips(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, long extra, int groupSize,
      float[] x, int xStart, int cols, float[] sums, int at) {
    int levels = at + 4 * PANEL;
    long column = start;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      FloatVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
      FloatVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
      for (long groupEnd = (long) k + groupSize; k < groupEnd; k++, column += COLUMN_BYTES) {
        FloatVector xk = FloatVector.broadcast(F32, x[k]);
        a0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, column, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, a0);
        a1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, column + LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, a1);
        a2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, column + 2L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, a2);
        a3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, column + 3L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, a3);
        long bColumn = column + second;
        b0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, bColumn, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, b0);
        b1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, bColumn + LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, b1);
        b2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, bColumn + 2L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, b2);
        b3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, a, bColumn + 3L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, b3);
        long cColumn = column + third;
        c0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, cColumn, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, c0);
        c1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, cColumn + LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, c1);
        c2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, cColumn + 2L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, c2);
        c3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, cColumn + 3L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, c3);
        long dColumn = column + fourth;
        d0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, dColumn, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, d0);
        d1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, dColumn + LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, d1);
        d2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, dColumn + 2L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, d2);
        d3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, b, dColumn + 3L * LANES, LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, F32, 0)).fma(xk, d3);
      }
      a0.intoArray(sums, levels);
      a1.intoArray(sums, levels + LANES);
      a2.intoArray(sums, levels + 2 * LANES);
      a3.intoArray(sums, levels + 3 * LANES);
      b0.intoArray(sums, levels + PANEL);
      b1.intoArray(sums, levels + PANEL + LANES);
      b2.intoArray(sums, levels + PANEL + 2 * LANES);
      b3.intoArray(sums, levels + PANEL + 3 * LANES);
      c0.intoArray(sums, levels + 2 * PANEL);
      c1.intoArray(sums, levels + 2 * PANEL + LANES);
      c2.intoArray(sums, levels + 2 * PANEL + 2 * LANES);
      c3.intoArray(sums, levels + 2 * PANEL + 3 * LANES);
      d0.intoArray(sums, levels + 3 * PANEL);
      d1.intoArray(sums, levels + 3 * PANEL + LANES);
      d2.intoArray(sums, levels + 3 * PANEL + 2 * LANES);
      d3.intoArray(sums, levels + 3 * PANEL + 3 * LANES);
      long scale = column + extra;
      vectorAddScaled(a, scale, sums, levels, at);
      vectorAddScaled(a, scale + second, sums, levels + PANEL, at + PANEL);
      vectorAddScaled(b, scale + third, sums, levels + 2 * PANEL, at + 2 * PANEL);
      vectorAddScaled(b, scale + fourth, sums, levels + 3 * PANEL, at + 3 * PANEL);
      column += PanelLayout.COLUMN_BYTES;
    }
  }

  /** Adds the sums of one group of a strip, which start at {@code from}, to those of all, each times its scale. */
  private static void vectorAddScaled(MemorySegment w, long scale, float[] sums, int from, int at) {
    FloatVector.fromMemorySegment(F32, w, scale, LITTLE_ENDIAN)
        .fma(FloatVector.fromArray(F32, sums, from), FloatVector.fromArray(F32, sums, at)).intoArray(sums, at);
    FloatVector.fromMemorySegment(F32, w, scale + VECTOR_BYTES, LITTLE_ENDIAN)
        .fma(FloatVector.fromArray(F32, sums, from + LANES), FloatVector.fromArray(F32, sums, at + LANES))
        .intoArray(sums, at + LANES);
    FloatVector.fromMemorySegment(F32, w, scale + 2 * VECTOR_BYTES, LITTLE_ENDIAN)
        .fma(FloatVector.fromArray(F32, sums, from + 2 * LANES), FloatVector.fromArray(F32, sums, at + 2 * LANES))
        .intoArray(sums, at + 2 * LANES);
    FloatVector.fromMemorySegment(F32, w, scale + 3 * VECTOR_BYTES, LITTLE_ENDIAN)
        .fma(FloatVector.fromArray(F32, sums, from + 3 * LANES), FloatVector.fromArray(F32, sums, at + 3 * LANES))
        .intoArray(sums, at + 3 * LANES);
  }
}
