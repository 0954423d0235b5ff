package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products of {@linkplain Int8Layout packed levels} with one row of activations that are rounded to int8. */
final class Int8Row {

  /*
   * A lane is half an int: four codes of a row, so that it adds up half of a group. Sixteen products of a code of four bits and a level of
   * seven bits with a sign are at most 30,480, so that the sum of a lane is exact; that of the codes' lowest level, which is added at
   * the end, is exact modulo 2^16, and so is the result, which fits. The halves are added as ints. Twice as many products in an
   * instruction as with floats, and a code needs a shift and a mask alone.
   *
   * Memory is read strictly forwards, as in NarrowRow; scales that are products have a loop of their own there and here, not a branch.
   */

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final VectorSpecies<Short> I16 = VectorShapes.I16;
  private static final int LANES = VectorShapes.LANES;
  private static final long COLUMN_BYTES = LevelLayout.COLUMN_BYTES;
  private static final int CODE = 0xF;
  private static final int CODE_BITS = 4;
  private static final int PAIRS_OF_INT = Int8Layout.PER_INT / 2;

  private static final Trial TRIAL = new Trial();

  private Int8Row() {}

  /** See {@link PackedLayout#multiply}; the activations are those that {@link Int8Activations#makeOne} made last. */
  static void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, float[] sums, int at) {
    long call = TRIAL.begin();
    if (Trial.takesVectors(call)) {
      multiplyVectors(a, first, second, b, third, fourth, sums, at);
    } else {
      plainRows(a, first, sums, at);
      plainRows(a, second, sums, at + LANES);
      plainRows(b, third, sums, at + 2 * LANES);
      plainRows(b, fourth, sums, at + 3 * LANES);
    }
    TRIAL.end(call, a.cols());
  }

  private static void multiplyVectors(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, float[] sums, int at) {
    ScaledEncoding encoding = (ScaledEncoding) a.encoding();
    int cols = a.cols();
    long start = LevelLayout.start(encoding, first, cols);
    long toSecond = LevelLayout.start(encoding, second, cols) - start;
    long toThird = LevelLayout.start(encoding, third, cols) - start;
    long toFourth = LevelLayout.start(encoding, fourth, cols) - start;
    if (LevelLayout.keepsFactors(encoding)) {
      vectorProductsWithMinimums(a.data(), start, toSecond, b.data(), toThird, toFourth,
          encoding.blockSize() / Int8Layout.GROUP, cols / Int8Layout.GROUP, sums, at);
    } else {
      vectorStrip(a.data(), start, toSecond, b.data(), toThird, toFourth, encoding.lowestLevel(),
          cols / Int8Layout.GROUP, sums, at);
    }
  }

  private static void plainRows(WeightMatrix w, int row, float[] sums, int at) {
    for (int r = 0; r < LANES; r++) {
      sums[at + r] = plainRow(w, row + r, sums);
    }
  }

  /** The product of one row. */
  private static float plainRow(WeightMatrix w, int row, float[] scratch) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    int k = Int8Activations.START;
    float sum = 0f;
    for (int col = 0; col < w.cols(); col += Int8Layout.GROUP, k += Int8Activations.FLOATS) {
      long column = LevelLayout.levelsStart(encoding, row, w.cols(), col);
      int product = 0;
      for (int pair = k; pair < k + Int8Activations.PAIRS; pair += PAIRS_OF_INT, column += COLUMN_BYTES) {
        int codes = w.data().get(Packing.INT, column);
        for (int i = 0; i < PAIRS_OF_INT; i++) {
          int code = codes >>> (CODE_BITS * i);
          product += ((code & CODE) + encoding.lowestLevel()) * Int8Activations.low(scratch[pair + i]);
          product += ((code >>> Short.SIZE & CODE) + encoding.lowestLevel()) * Int8Activations.high(scratch[pair + i]);
        }
      }
      float scaled = product * LevelPacking.scale(w, row, col, false);
      if (encoding.hasMinimum()) {
        scaled = Math.fma(LevelPacking.scale(w, row, col, true), scratch[k + Int8Activations.TOTAL], scaled);
      }
      sum = sum + scaled * scratch[k + Int8Activations.SCALE];
    }
    return sum;
  }

  /**
   * Writes the products of four vectors of rows: {@code sums[at .. at + STRIP)}.
   *
   * @param second where the second vector starts, relative to the first, and so on; the third and the fourth lie in {@code b}
   */
  private static void vectorStrip(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int lowestLevel, int groups,
      float[] sums, int at) {
    ShortVector zero = ShortVector.broadcast(I16, (short) 0);
    ShortVector mask = ShortVector.broadcast(I16, (short) CODE);
    ShortVector lowest = ShortVector.broadcast(I16, (short) lowestLevel);
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = Int8Activations.START;
    int end = k + groups * Int8Activations.FLOATS;
    while (k < end) {
      ShortVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
      for (long groupEnd = (long) k + Int8Activations.PAIRS; k < groupEnd; k += 4) {
        ShortVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN).reinterpretAsShorts();
        ShortVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN).reinterpretAsShorts();
        ShortVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN).reinterpretAsShorts();
        ShortVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN).reinterpretAsShorts();
        column += COLUMN_BYTES;
        ShortVector xk = FloatVector.broadcast(F32, sums[k]).reinterpretAsShorts();
        a0 = v0.and(mask).mul(xk).add(a0);
        a1 = v1.and(mask).mul(xk).add(a1);
        a2 = v2.and(mask).mul(xk).add(a2);
        a3 = v3.and(mask).mul(xk).add(a3);
        xk = FloatVector.broadcast(F32, sums[k + 1]).reinterpretAsShorts();
        a0 = v0.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a0);
        a1 = v1.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a1);
        a2 = v2.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a2);
        a3 = v3.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a3);
        xk = FloatVector.broadcast(F32, sums[k + 2]).reinterpretAsShorts();
        a0 = v0.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a0);
        a1 = v1.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a1);
        a2 = v2.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a2);
        a3 = v3.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a3);
        xk = FloatVector.broadcast(F32, sums[k + 3]).reinterpretAsShorts();
        a0 = v0.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a0);
        a1 = v1.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a1);
        a2 = v2.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a2);
        a3 = v3.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a3);
      }
      ShortVector offset = FloatVector.broadcast(F32, sums[k]).reinterpretAsShorts().mul(lowest);
      FloatVector scale = FloatVector.broadcast(F32, sums[k + 1]);
      IntVector s0 = offset.add(a0).reinterpretAsInts();
      IntVector s1 = offset.add(a1).reinterpretAsInts();
      IntVector s2 = offset.add(a2).reinterpretAsInts();
      IntVector s3 = offset.add(a3).reinterpretAsInts();
      sum0 = ((FloatVector) s0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s0.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
          .mul(FloatVector.fromMemorySegment(F32, a, column, LITTLE_ENDIAN)).mul(scale).add(sum0);
      sum1 = ((FloatVector) s1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s1.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
          .mul(FloatVector.fromMemorySegment(F32, a, column + second, LITTLE_ENDIAN)).mul(scale).add(sum1);
      sum2 = ((FloatVector) s2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s2.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
          .mul(FloatVector.fromMemorySegment(F32, b, column + third, LITTLE_ENDIAN)).mul(scale).add(sum2);
      sum3 = ((FloatVector) s3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s3.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
          .mul(FloatVector.fromMemorySegment(F32, b, column + fourth, LITTLE_ENDIAN)).mul(scale).add(sum3);
      column += COLUMN_BYTES;
      k += 3;
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }

  /** The same, where groups have a minimum, which is multiplied by the total of x, lowest levels are 0, and scales are products. */
  private static void vectorProductsWithMinimums(
      MemorySegment a, long start, long second, MemorySegment b, long third, long fourth, int groupsOfBlock, int groups,
      float[] sums, int at) {
    ShortVector zero = ShortVector.broadcast(I16, (short) 0);
    ShortVector mask = ShortVector.broadcast(I16, (short) CODE);
    IntVector byteMask = IntVector.broadcast(I32, NarrowRow.BYTE);
    IntVector exponent = IntVector.broadcast(I32, LevelRow.EXPONENT);
    FloatVector byteZero = FloatVector.broadcast(F32, NarrowRow.ZERO);
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    long column = start;
    int k = Int8Activations.START;
    int end = k + groups * Int8Activations.FLOATS;
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
      for (long blockEnd = k + (long) groupsOfBlock * Int8Activations.FLOATS; k < blockEnd; bytesShift ^= 16) {
        ShortVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        for (long groupEnd = (long) k + Int8Activations.PAIRS; k < groupEnd; k += 4) {
          ShortVector v0 = IntVector.fromMemorySegment(I32, a, column, LITTLE_ENDIAN).reinterpretAsShorts();
          ShortVector v1 = IntVector.fromMemorySegment(I32, a, column + second, LITTLE_ENDIAN).reinterpretAsShorts();
          ShortVector v2 = IntVector.fromMemorySegment(I32, b, column + third, LITTLE_ENDIAN).reinterpretAsShorts();
          ShortVector v3 = IntVector.fromMemorySegment(I32, b, column + fourth, LITTLE_ENDIAN).reinterpretAsShorts();
          column += COLUMN_BYTES;
          ShortVector xk = FloatVector.broadcast(F32, sums[k]).reinterpretAsShorts();
          a0 = v0.and(mask).mul(xk).add(a0);
          a1 = v1.and(mask).mul(xk).add(a1);
          a2 = v2.and(mask).mul(xk).add(a2);
          a3 = v3.and(mask).mul(xk).add(a3);
          xk = FloatVector.broadcast(F32, sums[k + 1]).reinterpretAsShorts();
          a0 = v0.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a0);
          a1 = v1.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a1);
          a2 = v2.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a2);
          a3 = v3.lanewise(VectorOperators.LSHR, 4).and(mask).mul(xk).add(a3);
          xk = FloatVector.broadcast(F32, sums[k + 2]).reinterpretAsShorts();
          a0 = v0.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a0);
          a1 = v1.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a1);
          a2 = v2.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a2);
          a3 = v3.lanewise(VectorOperators.LSHR, 8).and(mask).mul(xk).add(a3);
          xk = FloatVector.broadcast(F32, sums[k + 3]).reinterpretAsShorts();
          a0 = v0.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a0);
          a1 = v1.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a1);
          a2 = v2.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a2);
          a3 = v3.lanewise(VectorOperators.LSHR, 12).mul(xk).add(a3);
        }
        FloatVector scale = FloatVector.broadcast(F32, sums[k + 1]);
        FloatVector total = FloatVector.broadcast(F32, sums[k + 2]);
        k += 3;
        if (bytesShift == 0) {
          bytes = column;
          column += COLUMN_BYTES;
        }
        IntVector s0 = zero.add(a0).reinterpretAsInts(); // no call on what a loop carries: docs/decisions/0015
        IntVector s1 = zero.add(a1).reinterpretAsInts();
        IntVector s2 = zero.add(a2).reinterpretAsInts();
        IntVector s3 = zero.add(a3).reinterpretAsInts();
        IntVector pair0 = IntVector.fromMemorySegment(I32, a, bytes, LITTLE_ENDIAN).lanewise(VectorOperators.LSHR,
            bytesShift);
        IntVector pair1 = IntVector.fromMemorySegment(I32, a, bytes + second, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair2 = IntVector.fromMemorySegment(I32, b, bytes + third, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        IntVector pair3 = IntVector.fromMemorySegment(I32, b, bytes + fourth, LITTLE_ENDIAN)
            .lanewise(VectorOperators.LSHR, bytesShift);
        FloatVector p0 = ((FloatVector) s0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
            .add(s0.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
            .mul(pair0.and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero).mul(scale0));
        FloatVector p1 = ((FloatVector) s1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
            .add(s1.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
            .mul(pair1.and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero).mul(scale1));
        FloatVector p2 = ((FloatVector) s2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
            .add(s2.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
            .mul(pair2.and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero).mul(scale2));
        FloatVector p3 = ((FloatVector) s3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
            .add(s3.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0))
            .mul(pair3.and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero).mul(scale3));
        sum0 = pair0.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero)
            .mul(minimum0).fma(total, p0).mul(scale).add(sum0);
        sum1 = pair1.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero)
            .mul(minimum1).fma(total, p1).mul(scale).add(sum1);
        sum2 = pair2.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero)
            .mul(minimum2).fma(total, p2).mul(scale).add(sum2);
        sum3 = pair3.lanewise(VectorOperators.LSHR, 8).and(byteMask).or(exponent).reinterpretAsFloats().sub(byteZero)
            .mul(minimum3).fma(total, p3).mul(scale).add(sum3);
      }
    }
    sum0.intoArray(sums, at);
    sum1.intoArray(sums, at + LANES);
    sum2.intoArray(sums, at + 2 * LANES);
    sum3.intoArray(sums, at + 3 * LANES);
  }
}
