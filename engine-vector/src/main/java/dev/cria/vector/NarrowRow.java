package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link LevelRow} for narrow levels: those of up to four bits. */
final class NarrowRow {

  /*
   * Four codes of an int become floats where they are, without a shift each: a code that starts with bit b, put below the exponent of
   * 2^(23 - b), is 2^(23 - b) + code, exactly, and subtracting 2^(23 - b) - lowest leaves the level, exactly.
   *
   * Codes of encodings with minimums are the levels. They are converted where they are: a code that starts with bit b becomes 2^b times
   * itself, and is multiplied by 2^-b times the activation (NarrowActivations). That takes two instructions instead of four: C2 makes and-or one
   * that overwrites the exponent, which it copies before. Instructions are what these loops wait for: docs/decisions/0015.
   *
   * Scales that are products have loops of their own, and not a branch: C2 has made objects of vectors that came from either side of
   * one. Memory is read strictly forwards. The loops walk a long, which C2 does not unroll: see F32Panels.
   */

  /** The bits of a byte. */
  static final int BYTE = 0xFF;

  /** What to subtract from 2²³ + a byte, to have the integer that it stands for. */
  static final float ZERO = 0x1p23f + LevelLayout.ZERO;

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;
  private static final long COLUMN_BYTES = LevelLayout.COLUMN_BYTES;
  private static final int FRACTION_BITS = 23;

  private NarrowRow() {}

  /** The bits of a code of so many bits that starts with bit {@code bit}. */
  private static int mask(int bits, int bit) {
    return ((1 << bits) - 1) << bit;
  }

  /** The bits of the float that a code which starts with bit {@code bit} is or-ed to. */
  private static int exponent(int bit) {
    return Float.floatToRawIntBits((float) (1 << (FRACTION_BITS - bit)));
  }

  /** What to subtract from the float that results. */
  private static float bias(int bit, int lowest) {
    return (float) (1 << (FRACTION_BITS - bit)) - lowest;
  }

  /**
   * Writes the products of four vectors of rows: {@code sums[at .. at + STRIP)}.
   *
   * @param second where the second vector starts, relative to the first, and so on; the third and the fourth lie in {@code b}
   */
  static void vectorStrip(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int bits, int lowest,
      int groupSize, float[] x, int xStart, int cols, float[] sums, int at) {
    int perInt = Integer.SIZE / (LevelLayout.TOGETHER * bits) * LevelLayout.TOGETHER;
    IntVector mask0 = IntVector.broadcast(I32, mask(bits, 0));
    IntVector mask1 = IntVector.broadcast(I32, mask(bits, bits));
    IntVector mask2 = IntVector.broadcast(I32, mask(bits, 2 * bits));
    IntVector mask3 = IntVector.broadcast(I32, mask(bits, 3 * bits));
    IntVector exponent0 = IntVector.broadcast(I32, exponent(0));
    IntVector exponent1 = IntVector.broadcast(I32, exponent(bits));
    IntVector exponent2 = IntVector.broadcast(I32, exponent(2 * bits));
    IntVector exponent3 = IntVector.broadcast(I32, exponent(3 * bits));
    FloatVector bias0 = FloatVector.broadcast(F32, bias(0, lowest));
    FloatVector bias1 = FloatVector.broadcast(F32, bias(bits, lowest));
    FloatVector bias2 = FloatVector.broadcast(F32, bias(2 * bits, lowest));
    FloatVector bias3 = FloatVector.broadcast(F32, bias(3 * bits, lowest));
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      for (long groupEnd = (long) k + groupSize; k < groupEnd; column += COLUMN_BYTES) {
        int shift = 0;
        for (long intEnd = Math.min(groupEnd, (long) k + perInt); k < intEnd; k += 4) {
          IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          shift += 4 * bits;
          FloatVector xk = FloatVector.broadcast(F32, x[k]);
          a0 = v0.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a0);
          a1 = v1.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a1);
          a2 = v2.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a2);
          a3 = v3.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a3);
          xk = FloatVector.broadcast(F32, x[k + 1]);
          a0 = v0.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a0);
          a1 = v1.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a1);
          a2 = v2.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a2);
          a3 = v3.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a3);
          xk = FloatVector.broadcast(F32, x[k + 2]);
          a0 = v0.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a0);
          a1 = v1.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a1);
          a2 = v2.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a2);
          a3 = v3.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a3);
          xk = FloatVector.broadcast(F32, x[k + 3]);
          a0 = v0.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a0);
          a1 = v1.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a1);
          a2 = v2.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a2);
          a3 = v3.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a3);
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

  /**
   * The same, where groups have a minimum, which is multiplied by the total of x; {@code sums} has x as {@link NarrowActivations}
   * makes it.
   */
  static void vectorStripWithMinimums(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int bits,
      int groupSize, int cols, float[] sums, int at) {
    int perInt = Integer.SIZE / (LevelLayout.TOGETHER * bits) * LevelLayout.TOGETHER;
    IntVector mask0 = IntVector.broadcast(I32, mask(bits, 0));
    IntVector mask1 = IntVector.broadcast(I32, mask(bits, bits));
    IntVector mask2 = IntVector.broadcast(I32, mask(bits, 2 * bits));
    IntVector mask3 = IntVector.broadcast(I32, mask(bits, 3 * bits));
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = NarrowActivations.SCALED;
    int end = k + cols;
    int totals = end;
    while (k < end) {
      FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
      for (long groupEnd = (long) k + groupSize; k < groupEnd; column += COLUMN_BYTES) {
        int shift = 0;
        for (long intEnd = Math.min(groupEnd, (long) k + perInt); k < intEnd; k += 4) {
          IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN)
              .lanewise(VectorOperators.LSHR, shift);
          shift += 4 * bits;
          FloatVector xk = FloatVector.broadcast(F32, sums[k]);
          a0 = ((FloatVector) v0.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a0);
          a1 = ((FloatVector) v1.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a1);
          a2 = ((FloatVector) v2.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a2);
          a3 = ((FloatVector) v3.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a3);
          xk = FloatVector.broadcast(F32, sums[k + 1]);
          a0 = ((FloatVector) v0.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a0);
          a1 = ((FloatVector) v1.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a1);
          a2 = ((FloatVector) v2.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a2);
          a3 = ((FloatVector) v3.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a3);
          xk = FloatVector.broadcast(F32, sums[k + 2]);
          a0 = ((FloatVector) v0.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a0);
          a1 = ((FloatVector) v1.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a1);
          a2 = ((FloatVector) v2.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a2);
          a3 = ((FloatVector) v3.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a3);
          xk = FloatVector.broadcast(F32, sums[k + 3]);
          a0 = ((FloatVector) v0.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a0);
          a1 = ((FloatVector) v1.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a1);
          a2 = ((FloatVector) v2.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a2);
          a3 = ((FloatVector) v3.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a3);
        }
      }
      FloatVector total = FloatVector.broadcast(F32, sums[totals++]);
      sum0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN).fma(a0, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN).fma(a1, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN).fma(a2, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN).fma(a3, sum3);
      column += COLUMN_BYTES;
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

  /** The same without minimums, where scales are products. */
  static void vectorProducts(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int bits, int lowest,
      int groupSize, int blockSize, float[] x, int xStart, int cols, float[] sums, int at) {
    int perInt = Integer.SIZE / (LevelLayout.TOGETHER * bits) * LevelLayout.TOGETHER;
    IntVector mask0 = IntVector.broadcast(I32, mask(bits, 0));
    IntVector mask1 = IntVector.broadcast(I32, mask(bits, bits));
    IntVector mask2 = IntVector.broadcast(I32, mask(bits, 2 * bits));
    IntVector mask3 = IntVector.broadcast(I32, mask(bits, 3 * bits));
    IntVector exponent0 = IntVector.broadcast(I32, exponent(0));
    IntVector exponent1 = IntVector.broadcast(I32, exponent(bits));
    IntVector exponent2 = IntVector.broadcast(I32, exponent(2 * bits));
    IntVector exponent3 = IntVector.broadcast(I32, exponent(3 * bits));
    FloatVector bias0 = FloatVector.broadcast(F32, bias(0, lowest));
    FloatVector bias1 = FloatVector.broadcast(F32, bias(bits, lowest));
    FloatVector bias2 = FloatVector.broadcast(F32, bias(2 * bits, lowest));
    FloatVector bias3 = FloatVector.broadcast(F32, bias(3 * bits, lowest));
    IntVector byteMask = IntVector.broadcast(I32, BYTE);
    FloatVector zero = FloatVector.broadcast(F32, ZERO);
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = xStart;
    int end = xStart + cols;
    while (k < end) {
      FloatVector scale0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN);
      FloatVector scale1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN);
      FloatVector scale2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN);
      FloatVector scale3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN);
      column += COLUMN_BYTES;
      long bytes = column;
      int bytesShift = 0;
      for (long blockEnd = (long) k + blockSize; k < blockEnd; bytesShift ^= 16) {
        FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
        for (long groupEnd = (long) k + groupSize; k < groupEnd; column += COLUMN_BYTES) {
          int shift = 0;
          for (long intEnd = Math.min(groupEnd, (long) k + perInt); k < intEnd; k += 4) {
            IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            shift += 4 * bits;
            FloatVector xk = FloatVector.broadcast(F32, x[k]);
            a0 = v0.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a0);
            a1 = v1.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a1);
            a2 = v2.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a2);
            a3 = v3.and(mask0).or(exponent0).reinterpretAsFloats().sub(bias0).fma(xk, a3);
            xk = FloatVector.broadcast(F32, x[k + 1]);
            a0 = v0.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a0);
            a1 = v1.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a1);
            a2 = v2.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a2);
            a3 = v3.and(mask1).or(exponent1).reinterpretAsFloats().sub(bias1).fma(xk, a3);
            xk = FloatVector.broadcast(F32, x[k + 2]);
            a0 = v0.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a0);
            a1 = v1.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a1);
            a2 = v2.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a2);
            a3 = v3.and(mask2).or(exponent2).reinterpretAsFloats().sub(bias2).fma(xk, a3);
            xk = FloatVector.broadcast(F32, x[k + 3]);
            a0 = v0.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a0);
            a1 = v1.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a1);
            a2 = v2.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a2);
            a3 = v3.and(mask3).or(exponent3).reinterpretAsFloats().sub(bias3).fma(xk, a3);
          }
        }
        if (bytesShift == 0) {
          bytes = column;
          column += COLUMN_BYTES;
        }
        IntVector pair0 = IntVector.fromMemorySegment(I32, a, bytes, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair1 = IntVector.fromMemorySegment(I32, a, bytes + second, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair2 = IntVector.fromMemorySegment(I32, b, bytes + third, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair3 = IntVector.fromMemorySegment(I32, b, bytes + fourth, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        sum0 = pair0.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale0).fma(a0, sum0);
        sum1 = pair1.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale1).fma(a1, sum1);
        sum2 = pair2.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale2).fma(a2, sum2);
        sum3 = pair3.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale3).fma(a3, sum3);
      }
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  /** The same with minimums, where these and the scales are products. */
  static void vectorProductsWithMinimums(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int bits,
      int groupSize, int blockSize, int cols, float[] sums, int at) {
    int perInt = Integer.SIZE / (LevelLayout.TOGETHER * bits) * LevelLayout.TOGETHER;
    IntVector mask0 = IntVector.broadcast(I32, mask(bits, 0));
    IntVector mask1 = IntVector.broadcast(I32, mask(bits, bits));
    IntVector mask2 = IntVector.broadcast(I32, mask(bits, 2 * bits));
    IntVector mask3 = IntVector.broadcast(I32, mask(bits, 3 * bits));
    IntVector exponent0 = IntVector.broadcast(I32, exponent(0));
    IntVector byteMask = IntVector.broadcast(I32, BYTE);
    FloatVector zero = FloatVector.broadcast(F32, ZERO);
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = NarrowActivations.SCALED;
    int end = k + cols;
    int totals = end;
    while (k < end) {
      FloatVector scale0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN);
      FloatVector scale1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN);
      FloatVector scale2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN);
      FloatVector scale3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN);
      column += COLUMN_BYTES;
      FloatVector minimum0 = FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN);
      FloatVector minimum1 = FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN);
      FloatVector minimum2 = FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN);
      FloatVector minimum3 = FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN);
      column += COLUMN_BYTES;
      long bytes = column;
      int bytesShift = 0;
      for (long blockEnd = (long) k + blockSize; k < blockEnd; bytesShift ^= 16) {
        FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
        for (long groupEnd = (long) k + groupSize; k < groupEnd; column += COLUMN_BYTES) {
          int shift = 0;
          for (long intEnd = Math.min(groupEnd, (long) k + perInt); k < intEnd; k += 4) {
            IntVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            IntVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            IntVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            IntVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN)
                .lanewise(VectorOperators.LSHR, shift);
            shift += 4 * bits;
            FloatVector xk = FloatVector.broadcast(F32, sums[k]);
            a0 = ((FloatVector) v0.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a0);
            a1 = ((FloatVector) v1.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a1);
            a2 = ((FloatVector) v2.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a2);
            a3 = ((FloatVector) v3.and(mask0).convert(VectorOperators.I2F, 0)).fma(xk, a3);
            xk = FloatVector.broadcast(F32, sums[k + 1]);
            a0 = ((FloatVector) v0.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a0);
            a1 = ((FloatVector) v1.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a1);
            a2 = ((FloatVector) v2.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a2);
            a3 = ((FloatVector) v3.and(mask1).convert(VectorOperators.I2F, 0)).fma(xk, a3);
            xk = FloatVector.broadcast(F32, sums[k + 2]);
            a0 = ((FloatVector) v0.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a0);
            a1 = ((FloatVector) v1.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a1);
            a2 = ((FloatVector) v2.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a2);
            a3 = ((FloatVector) v3.and(mask2).convert(VectorOperators.I2F, 0)).fma(xk, a3);
            xk = FloatVector.broadcast(F32, sums[k + 3]);
            a0 = ((FloatVector) v0.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a0);
            a1 = ((FloatVector) v1.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a1);
            a2 = ((FloatVector) v2.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a2);
            a3 = ((FloatVector) v3.and(mask3).convert(VectorOperators.I2F, 0)).fma(xk, a3);
          }
        }
        FloatVector total = FloatVector.broadcast(F32, sums[totals++]);
        if (bytesShift == 0) {
          bytes = column;
          column += COLUMN_BYTES;
        }
        IntVector pair0 = IntVector.fromMemorySegment(I32, a, bytes, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair1 = IntVector.fromMemorySegment(I32, a, bytes + second, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair2 = IntVector.fromMemorySegment(I32, b, bytes + third, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair3 = IntVector.fromMemorySegment(I32, b, bytes + fourth, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        sum0 = pair0.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale0).fma(a0, sum0);
        sum1 = pair1.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale1).fma(a1, sum1);
        sum2 = pair2.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale2).fma(a2, sum2);
        sum3 = pair3.and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero).mul(scale3).fma(a3, sum3);
        sum0 = pair0.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero)
            .mul(minimum0).fma(total, sum0);
        sum1 = pair1.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero)
            .mul(minimum1).fma(total, sum1);
        sum2 = pair2.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero)
            .mul(minimum2).fma(total, sum2);
        sum3 = pair3.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent0).reinterpretAsFloats().sub(zero)
            .mul(minimum3).fma(total, sum3);
      }
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }
}
