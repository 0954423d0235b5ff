package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products of {@linkplain HalfLayout two-byte floats} with one row of activations. */
final class HalfRow {

  /*
   * A bfloat16 is the upper half of a float. A binary16, its exponent and fraction moved down by three bits from the top of an int, is
   * a float 2¹¹² times too small, subnormal or not, which one exact product makes good; but infinity and NaN, whose exponent
   * is the largest, get the largest exponent of a float.
   *
   * The loop walks a long, which C2 does not unroll: see F32Panels.
   */
  static final int FIELDS = 0x8FFF_E000;
  static final int LARGEST = 0x0F80_0000;
  static final int EXPONENT = 0x7F80_0000;
  static final float SCALE = 0x1p112f;
  static final int UPPER = 0xFFFF_0000;

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;

  private static final Trial TRIAL = new Trial();

  private HalfRow() {}

  /** See {@link PackedLayout#multiply}. */
  static void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    long call = TRIAL.begin();
    if (Trial.takesVectors(call)) {
      multiplyVectors(a, first, second, b, third, fourth, x, sums, at);
    } else {
      plainRows(a, first, x, sums, at);
      plainRows(a, second, x, sums, at + LANES);
      plainRows(b, third, x, sums, at + 2 * LANES);
      plainRows(b, fourth, x, sums, at + 3 * LANES);
    }
    TRIAL.end(call, a.cols());
  }

  private static void plainRows(WeightMatrix w, int row, FloatMatrix x, float[] sums, int at) {
    boolean bfloat = HalfLayout.isBfloat(w.encoding());
    for (int r = 0; r < LANES; r++) {
      sums[at + r] = plainRow(w.data(), HalfLayout.start(row + r, w.cols()), bfloat, x.data(), x.offset(), w.cols());
    }
  }

  /** The product of one row. */
  private static float plainRow(MemorySegment w, long start, boolean bfloat, float[] x, int xStart, int cols) {
    float sum = 0f;
    for (int k = 0; k < cols; k++) {
      short half = w.get(Packing.SHORT, start + k / 2 * HalfLayout.COLUMN_BYTES + (long) (k % 2) * Short.BYTES);
      sum = Math.fma(bfloat ? Float.intBitsToFloat(half << 16) : Float.float16ToFloat(half), x[xStart + k], sum);
    }
    return sum;
  }

  private static void multiplyVectors(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    int cols = a.cols();
    long start = HalfLayout.start(first, cols);
    long toSecond = HalfLayout.start(second, cols) - start;
    long toThird = HalfLayout.start(third, cols) - start;
    long toFourth = HalfLayout.start(fourth, cols) - start;
    if (HalfLayout.isBfloat(a.encoding())) {
      vectorBfloats(a.data(), start, toSecond, b.data(), toThird, toFourth, x.data(), x.offset(), cols, sums, at);
    } else {
      vectorHalves(a.data(), start, toSecond, b.data(), toThird, toFourth, x.data(), x.offset(), cols, sums, at);
    }
  }

  /**
   * Writes the products of four vectors of rows of bfloat16: {@code sums[at .. at + STRIP)}.
   *
   * @param second where the second vector starts, relative to the first, and so on; the third and the fourth lie in {@code b}
   */
  private static void vectorBfloats(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, float[] x, int xStart,
      int cols, float[] sums, int at) {
    FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
    long column = start;
    int end = xStart + cols;
    for (long k = xStart; k < end; k += 2) {
      IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN);
      IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN);
      IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN);
      IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN);
      column += HalfLayout.COLUMN_BYTES;
      FloatVector xk = FloatVector.broadcast(F32, x[(int) k]);
      a0 = v0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(xk, a0);
      a1 = v1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(xk, a1);
      a2 = v2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(xk, a2);
      a3 = v3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(xk, a3);
      if (k + 1 < end) {
        xk = FloatVector.broadcast(F32, x[(int) k + 1]);
        a0 = v0.and(UPPER).reinterpretAsFloats().fma(xk, a0);
        a1 = v1.and(UPPER).reinterpretAsFloats().fma(xk, a1);
        a2 = v2.and(UPPER).reinterpretAsFloats().fma(xk, a2);
        a3 = v3.and(UPPER).reinterpretAsFloats().fma(xk, a3);
      }
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LANES);
    a2.intoArray(sums, at + 2 * LANES);
    a3.intoArray(sums, at + 3 * LANES);
  }

  /** The same, of binary16. */
  private static void vectorHalves(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, float[] x, int xStart,
      int cols, float[] sums, int at) {
    FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
    long column = start;
    int end = xStart + cols;
    for (long k = xStart; k < end; k += 2) {
      IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN);
      IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN);
      IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN);
      IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN);
      column += HalfLayout.COLUMN_BYTES;
      FloatVector xk = FloatVector.broadcast(F32, x[(int) k]);
      IntVector r0 = v0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 3).and(FIELDS);
      r0 = r0.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
          r0.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
      a0 = r0.reinterpretAsFloats().fma(xk, a0);
      IntVector r1 = v1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 3).and(FIELDS);
      r1 = r1.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
          r1.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
      a1 = r1.reinterpretAsFloats().fma(xk, a1);
      IntVector r2 = v2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 3).and(FIELDS);
      r2 = r2.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
          r2.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
      a2 = r2.reinterpretAsFloats().fma(xk, a2);
      IntVector r3 = v3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 3).and(FIELDS);
      r3 = r3.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
          r3.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
      a3 = r3.reinterpretAsFloats().fma(xk, a3);
      if (k + 1 < end) {
        xk = FloatVector.broadcast(F32, x[(int) k + 1]);
        r0 = v0.lanewise(VectorOperators.ASHR, 3).and(FIELDS);
        r0 = r0.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
            r0.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
        a0 = r0.reinterpretAsFloats().fma(xk, a0);
        r1 = v1.lanewise(VectorOperators.ASHR, 3).and(FIELDS);
        r1 = r1.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
            r1.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
        a1 = r1.reinterpretAsFloats().fma(xk, a1);
        r2 = v2.lanewise(VectorOperators.ASHR, 3).and(FIELDS);
        r2 = r2.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
            r2.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
        a2 = r2.reinterpretAsFloats().fma(xk, a2);
        r3 = v3.lanewise(VectorOperators.ASHR, 3).and(FIELDS);
        r3 = r3.reinterpretAsFloats().mul(SCALE).reinterpretAsInts().lanewise(VectorOperators.OR, EXPONENT,
            r3.and(LARGEST).compare(VectorOperators.EQ, LARGEST));
        a3 = r3.reinterpretAsFloats().fma(xk, a3);
      }
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LANES);
    a2.intoArray(sums, at + 2 * LANES);
    a3.intoArray(sums, at + 3 * LANES);
  }
}
