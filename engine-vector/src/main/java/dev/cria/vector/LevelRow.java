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
   * subtracting 2²³ − lowest leaves code + lowest, the level, exactly. One loop serves every number of bits, as its own compiled
   * code per number was no faster from memory.
   *
   * The loops walk a long, which C2 does not unroll: see F32Panels.
   */

  /** The bits of 2²³: codes are or-ed to it. */
  static final int EXPONENT = 0x4B00_0000;

  private static final float TWO_TO_23 = 0x1p23f;
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;

  private static final Trial TRIAL = new Trial();

  private LevelRow() {}

  /** What to subtract from 2²³ + code. */
  static float bias(ScaledEncoding encoding) {
    return TWO_TO_23 - encoding.lowestLevel();
  }

  /** Writes the products of four vectors of rows: {@code sums[at .. at + STRIP)}. */
  static void multiply(WeightMatrix w, int row, FloatMatrix x, float[] sums, int at) {
    long call = TRIAL.begin();
    if (Trial.takesVectors(call)) {
      multiplyVectors(w, row, x, sums, at);
    } else {
      for (int r = 0; r < F32Panels.STRIP; r++) {
        sums[at + r] = plainRow(w, row + r, x.data(), x.offset());
      }
    }
    TRIAL.end(call, w.cols());
  }

  private static void multiplyVectors(WeightMatrix w, int row, FloatMatrix x, float[] sums, int at) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    long start = LevelLayout.start(encoding, row, w.cols());
    long second = LevelLayout.start(encoding, row + LANES, w.cols()) - start;
    long third = LevelLayout.start(encoding, row + 2 * LANES, w.cols()) - start;
    long fourth = LevelLayout.start(encoding, row + 3 * LANES, w.cols()) - start;
    int bits = LevelLayout.bits(encoding);
    if (encoding.hasMinimum()) {
      vectorStripWithMinimums(w.data(), start, second, third, fourth, LevelLayout.columnBytes(encoding), bits,
          bias(encoding), encoding.groupSize(), x.data(), x.offset(), x.cols(), sums, at);
    } else {
      vectorStrip(w.data(), start, second, third, fourth, LevelLayout.columnBytes(encoding), bits, bias(encoding),
          encoding.groupSize(), x.data(), x.offset(), x.cols(), sums, at);
    }
  }

  /** The product of one row. */
  private static float plainRow(WeightMatrix w, int row, float[] x, int xStart) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    long columnBytes = LevelLayout.columnBytes(encoding);
    int bits = LevelLayout.bits(encoding);
    int perInt = Integer.SIZE / bits;
    long column = LevelLayout.start(encoding, row, w.cols());
    float sum = 0f;
    int k = xStart;
    while (k < xStart + w.cols()) {
      int groupEnd = k + encoding.groupSize();
      float levels = 0f;
      float total = 0f;
      for (; k < groupEnd; column += columnBytes) {
        int codes = w.data().get(Packing.INT, column);
        int intEnd = Math.min(groupEnd, k + perInt);
        for (; k < intEnd; k++, codes >>>= bits) {
          levels = Math.fma((float) ((codes & (1 << bits) - 1) + encoding.lowestLevel()), x[k], levels);
          total = x[k] + total;
        }
      }
      sum = Math.fma(w.data().get(Packing.FLOAT, column), levels, sum);
      column += columnBytes;
      if (encoding.hasMinimum()) {
        sum = Math.fma(w.data().get(Packing.FLOAT, column), -total, sum);
        column += columnBytes;
      }
    }
    return sum;
  }

  /**
   * Writes the products of four vectors of rows: {@code sums[at .. at + STRIP)}.
   *
   * @param second bytes from the first vector to the second, and so on
   */
  private static void vectorStrip(
      MemorySegment w, long start, long second, long third, long fourth, long columnBytes, int bits, float lowest,
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
      for (long groupEnd = (long) k + groupSize; k < groupEnd; column += columnBytes) {
        IntVector v0 = IntVector.fromMemorySegment(I32, w, column, LITTLE_ENDIAN);
        IntVector v1 = IntVector.fromMemorySegment(I32, w, column + second, LITTLE_ENDIAN);
        IntVector v2 = IntVector.fromMemorySegment(I32, w, column + third, LITTLE_ENDIAN);
        IntVector v3 = IntVector.fromMemorySegment(I32, w, column + fourth, LITTLE_ENDIAN);
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
      sum0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN).fma(a0, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, w, column + second, LITTLE_ENDIAN).fma(a1, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, w, column + third, LITTLE_ENDIAN).fma(a2, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, w, column + fourth, LITTLE_ENDIAN).fma(a3, sum3);
      column += columnBytes;
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  /** The same, where groups have a minimum: that of each is multiplied by the total of x. */
  private static void vectorStripWithMinimums(
      MemorySegment w, long start, long second, long third, long fourth, long columnBytes, int bits, float lowest,
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
      for (long groupEnd = (long) k + groupSize; k < groupEnd; column += columnBytes) {
        IntVector v0 = IntVector.fromMemorySegment(I32, w, column, LITTLE_ENDIAN);
        IntVector v1 = IntVector.fromMemorySegment(I32, w, column + second, LITTLE_ENDIAN);
        IntVector v2 = IntVector.fromMemorySegment(I32, w, column + third, LITTLE_ENDIAN);
        IntVector v3 = IntVector.fromMemorySegment(I32, w, column + fourth, LITTLE_ENDIAN);
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
      sum0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN).fma(a0, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, w, column + second, LITTLE_ENDIAN).fma(a1, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, w, column + third, LITTLE_ENDIAN).fma(a2, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, w, column + fourth, LITTLE_ENDIAN).fma(a3, sum3);
      column += columnBytes;
      total = total.neg();
      sum0 = FloatVector.fromMemorySegment(F32, w, column, LITTLE_ENDIAN).fma(total, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, w, column + second, LITTLE_ENDIAN).fma(total, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, w, column + third, LITTLE_ENDIAN).fma(total, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, w, column + fourth, LITTLE_ENDIAN).fma(total, sum3);
      column += columnBytes;
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }
}
