package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products of {@linkplain LevelLayout packed levels} with one row of activations. */
final class LevelRow {

  /*
   * A code of up to 8 bits becomes a float without a conversion: put below the exponent of 2²³ it is 2²³ + code, exactly, and
   * subtracting 2²³ − lowest leaves code + lowest, the level, exactly. One loop serves every number of bits; narrow levels have faster
   * ones in NarrowRow.
   *
   * The loops walk a long, which C2 does not unroll: see F32Panels.
   */

  /** The bits of 2²³: codes are or-ed to it. */
  static final int EXPONENT = 0x4B00_0000;

  private static final float TWO_TO_23 = 0x1p23f;
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;
  private static final long COLUMN_BYTES = LevelLayout.COLUMN_BYTES;

  private static final Trial TRIAL = new Trial();

  private LevelRow() {}

  /** What to subtract from 2²³ + code. */
  static float bias(ScaledEncoding encoding) {
    return TWO_TO_23 - encoding.lowestLevel();
  }

  /** See {@link PackedLayout#begin}. */
  static void begin(ScaledEncoding encoding, FloatMatrix x, float[] scratch) {
    if (scalesActivations(encoding)) {
      NarrowActivations.make(encoding, x, scratch);
    }
  }

  private static boolean scalesActivations(ScaledEncoding encoding) {
    return encoding.hasMinimum() && LevelLayout.isNarrow(encoding);
  }

  /** See {@link PackedLayout#multiply}. */
  static void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    if (scalesActivations((ScaledEncoding) a.encoding()) && !NarrowActivations.areExact(sums)) {
      multiplyPlain(a, first, second, b, third, fourth, x, sums, at);
      return;
    }
    long call = TRIAL.begin();
    if (Trial.takesVectors(call)) {
      multiplyVectors(a, first, second, b, third, fourth, x, sums, at);
    } else {
      multiplyPlain(a, first, second, b, third, fourth, x, sums, at);
    }
    TRIAL.end(call, a.cols());
  }

  private static void multiplyPlain(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    plainRows(a, first, x, sums, at);
    plainRows(a, second, x, sums, at + LANES);
    plainRows(b, third, x, sums, at + 2 * LANES);
    plainRows(b, fourth, x, sums, at + 3 * LANES);
  }

  private static void multiplyVectors(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    ScaledEncoding encoding = (ScaledEncoding) a.encoding();
    int cols = a.cols();
    int bits = LevelLayout.bits(encoding);
    int size = encoding.groupSize();
    int lowest = encoding.lowestLevel();
    long start = LevelLayout.start(encoding, first, cols);
    long toSecond = LevelLayout.start(encoding, second, cols) - start;
    long toThird = LevelLayout.start(encoding, third, cols) - start;
    long toFourth = LevelLayout.start(encoding, fourth, cols) - start;
    if (LevelLayout.keepsFactors(encoding)) {
      if (encoding.hasMinimum()) {
        NarrowRow.vectorProductsWithMinimums(a.data(), start, toSecond, b.data(), toThird, toFourth, bits, size,
            encoding.blockSize(), cols, sums, at);
      } else {
        NarrowRow.vectorProducts(a.data(), start, toSecond, b.data(), toThird, toFourth, bits, lowest, size,
            encoding.blockSize(), x.data(), x.offset(), cols, sums, at);
      }
    } else if (LevelLayout.isNarrow(encoding)) {
      if (encoding.hasMinimum()) {
        NarrowRow.vectorStripWithMinimums(a.data(), start, toSecond, b.data(), toThird, toFourth, bits, size, cols,
            sums, at);
      } else {
        NarrowRow.vectorStrip(a.data(), start, toSecond, b.data(), toThird, toFourth, bits, lowest, size, x.data(),
            x.offset(), cols, sums, at);
      }
    } else if (encoding.hasMinimum()) {
      vectorStripWithMinimums(a.data(), start, toSecond, b.data(), toThird, toFourth, bits, bias(encoding), size,
          x.data(), x.offset(), cols, sums, at);
    } else {
      vectorStrip(a.data(), start, toSecond, b.data(), toThird, toFourth, bits, bias(encoding), size, x.data(),
          x.offset(), cols, sums, at);
    }
  }

  private static void plainRows(WeightMatrix w, int row, FloatMatrix x, float[] sums, int at) {
    for (int r = 0; r < LANES; r++) {
      sums[at + r] = plainRow(w, row + r, x.data(), x.offset());
    }
  }

  /** The product of one row. */
  private static float plainRow(WeightMatrix w, int row, float[] x, int xStart) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    int bits = LevelLayout.bits(encoding);
    int perInt = LevelLayout.perInt(encoding);
    float sum = 0f;
    for (int col = 0; col < w.cols(); col += encoding.groupSize()) {
      long column = LevelLayout.levelsStart(encoding, row, w.cols(), col);
      int k = xStart + col;
      int groupEnd = k + encoding.groupSize();
      float levels = 0f;
      float total = 0f;
      for (; k < groupEnd; column += COLUMN_BYTES) {
        int codes = w.data().get(Packing.INT, column);
        int intEnd = Math.min(groupEnd, k + perInt);
        for (; k < intEnd; k++, codes >>>= bits) {
          levels = Math.fma((float) ((codes & (1 << bits) - 1) + encoding.lowestLevel()), x[k], levels);
          total = x[k] + total;
        }
      }
      sum = Math.fma(LevelPacking.scale(w, row, col, false), levels, sum);
      if (encoding.hasMinimum()) {
        sum = Math.fma(LevelPacking.scale(w, row, col, true), -total, sum);
      }
    }
    return sum;
  }

  /**
   * Writes the products of four vectors of rows: {@code sums[at .. at + STRIP)}.
   *
   * @param second where the second vector starts, relative to the first, and so on; the third and the fourth lie in {@code b}
   */
  private static void vectorStrip(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int bits, float lowest,
      int groupSize, float[] x, int xStart, int cols, float[] sums, int at) {
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    IntVector exponent = IntVector.broadcast(I32, EXPONENT);
    FloatVector bias = FloatVector.broadcast(F32, lowest);
    int perInt = Integer.SIZE / bits;
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      for (long groupEnd = (long) k + groupSize; k < groupEnd; column += COLUMN_BYTES) {
        IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN);
        IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN);
        IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN);
        IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN);
        int shift = 0;
        for (long intEnd = Math.min(groupEnd, (long) k + perInt); k < intEnd; k++) {
          FloatVector xk = FloatVector.broadcast(F32, x[k]);
          a0 = v0.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a0);
          a1 = v1.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a1);
          a2 = v2.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a2);
          a3 = v3.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a3);
          shift += bits;
        }
      }
      sum0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN).fma(a0, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN).fma(a1, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN).fma(a2, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN).fma(a3, sum3);
      column += COLUMN_BYTES;
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  /** The same, where groups have a minimum: that of each is multiplied by the total of x. */
  private static void vectorStripWithMinimums(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int bits, float lowest,
      int groupSize, float[] x, int xStart, int cols, float[] sums, int at) {
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    IntVector exponent = IntVector.broadcast(I32, EXPONENT);
    FloatVector bias = FloatVector.broadcast(F32, lowest);
    int perInt = Integer.SIZE / bits;
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      FloatVector total = a0;
      for (long groupEnd = (long) k + groupSize; k < groupEnd; column += COLUMN_BYTES) {
        IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN);
        IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN);
        IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN);
        IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN);
        int shift = 0;
        for (long intEnd = Math.min(groupEnd, (long) k + perInt); k < intEnd; k++) {
          FloatVector xk = FloatVector.broadcast(F32, x[k]);
          total = xk.add(total);
          a0 = v0.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a0);
          a1 = v1.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a1);
          a2 = v2.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a2);
          a3 = v3.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias).fma(xk,
              a3);
          shift += bits;
        }
      }
      sum0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN).fma(a0, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN).fma(a1, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN).fma(a2, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN).fma(a3, sum3);
      column += COLUMN_BYTES;
      total = FloatVector.broadcast(F32, -0f).sub(total); // no call on what a loop carries: docs/decisions/0015
      sum0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN).fma(total, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN).fma(total, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN).fma(total, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN).fma(total, sum3);
      column += COLUMN_BYTES;
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }
}
