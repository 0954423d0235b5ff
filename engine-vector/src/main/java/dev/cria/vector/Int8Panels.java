package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.ScaledEncoding;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over pieces of a panel with rows of activations that are rounded to int8, four together.
 *
 * <p>A piece has 16 columns of 64 ints for a group of 32 levels, an int being a pair of codes as in {@link Int8Activations}; then, where
 * levels as floats would end, a column of floats per scale, and one per minimum.
 */
final class Int8Panels {

  /*
   * The arithmetic is that of Int8Row. What belongs to a group's end is a method of its own, and its sums pass through the array: in one
   * method it is too long for the JVM, as in ByteRow. The loops walk a long, which C2 does not unroll: see F32Panels.
   */

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final VectorSpecies<Short> I16 = VectorShapes.I16;
  private static final int LANES = VectorShapes.LANES;
  private static final int PANEL = PanelLayout.ROWS;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
  private static final long COLUMN_BYTES = PanelLayout.COLUMN_BYTES;
  private static final int CODE_BITS = 4;
  private static final int CODES = 0x000F_000F;
  private static final int HALF_INT = Int8Layout.PER_INT / 2;

  private Int8Panels() {}

  /**
   * Adds the products of one piece with {@code rows} rows of x from {@code first} on, a multiple of four, to their sums, 64 for each row.
   *
   * @param group the first group of the piece
   * @param width all columns of x
   */
  static void add(
      ScaledEncoding encoding, MemorySegment piece, long start, int first, int rows, int group, int cols, int width,
      float[] sums, int at) {
    for (int r = 0; r < rows; r += Int8Activations.TOGETHER) {
      int x = Int8Activations.ofFour(first + r, width, group);
      for (int strip = 0; strip < PANEL; strip += F32Panels.STRIP) {
        long from = start + (long) strip * Float.BYTES;
        addFour(encoding, piece, from, cols, x, sums, at + r * PANEL + strip);
      }
    }
  }

  private static void addFour(
      ScaledEncoding encoding, MemorySegment piece, long start, int cols, int x, float[] sums, int at) {
    long column = start;
    long scales = start + cols * COLUMN_BYTES;
    int groups = cols / Int8Layout.GROUP;
    int k = x;
    for (int group = 0; group < groups; group++) {
      vectorFourRows(piece, column, encoding.lowestLevel(), k, sums);
      int ofGroup = k + Int8Activations.SCALE * Int8Activations.TOGETHER;
      if (encoding.hasMinimum()) {
        vectorFinishWithMinimums(piece, scales, scales + groups * COLUMN_BYTES, ofGroup, sums, at);
      } else {
        vectorFinish(piece, scales, ofGroup, sums, at);
      }
      column += Int8Activations.PAIRS * COLUMN_BYTES;
      scales += COLUMN_BYTES;
      k += Int8Activations.FLOATS * Int8Activations.TOGETHER;
    }
  }

  /** Writes the sums of a group of levels of a strip, times four rows of x, as pairs that are still to be added. */
  private static void vectorFourRows(MemorySegment piece, long start, int lowestLevel, int x, float[] sums) {
    ShortVector lowest = ShortVector.broadcast(I16, (short) lowestLevel);
    ShortVector a0 = ShortVector.broadcast(I16, (short) 0), a1 = a0, a2 = a0, a3 = a0;
    ShortVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    ShortVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
    ShortVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
    long column = start;
    int k = x;
    for (long end = start + Int8Activations.PAIRS * COLUMN_BYTES; column < end; k += Int8Activations.TOGETHER) {
      ShortVector w0 = IntVector.fromMemorySegment(I32, piece, column, LITTLE_ENDIAN).reinterpretAsShorts();
      ShortVector w1 = IntVector.fromMemorySegment(I32, piece, column + VECTOR_BYTES, LITTLE_ENDIAN)
          .reinterpretAsShorts();
      ShortVector w2 = IntVector.fromMemorySegment(I32, piece, column + 2 * VECTOR_BYTES, LITTLE_ENDIAN)
          .reinterpretAsShorts();
      ShortVector w3 = IntVector.fromMemorySegment(I32, piece, column + 3 * VECTOR_BYTES, LITTLE_ENDIAN)
          .reinterpretAsShorts();
      column += COLUMN_BYTES;
      ShortVector xk = FloatVector.broadcast(F32, sums[k]).reinterpretAsShorts();
      a0 = w0.mul(xk).add(a0);
      a1 = w1.mul(xk).add(a1);
      a2 = w2.mul(xk).add(a2);
      a3 = w3.mul(xk).add(a3);
      xk = FloatVector.broadcast(F32, sums[k + 1]).reinterpretAsShorts();
      b0 = w0.mul(xk).add(b0);
      b1 = w1.mul(xk).add(b1);
      b2 = w2.mul(xk).add(b2);
      b3 = w3.mul(xk).add(b3);
      xk = FloatVector.broadcast(F32, sums[k + 2]).reinterpretAsShorts();
      c0 = w0.mul(xk).add(c0);
      c1 = w1.mul(xk).add(c1);
      c2 = w2.mul(xk).add(c2);
      c3 = w3.mul(xk).add(c3);
      xk = FloatVector.broadcast(F32, sums[k + 3]).reinterpretAsShorts();
      d0 = w0.mul(xk).add(d0);
      d1 = w1.mul(xk).add(d1);
      d2 = w2.mul(xk).add(d2);
      d3 = w3.mul(xk).add(d3);
    }
    ShortVector offset = FloatVector.broadcast(F32, sums[k]).reinterpretAsShorts().mul(lowest);
    offset.add(a0).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS);
    offset.add(a1).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + LANES);
    offset.add(a2).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 2 * LANES);
    offset.add(a3).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 3 * LANES);
    offset = FloatVector.broadcast(F32, sums[k + 1]).reinterpretAsShorts().mul(lowest);
    offset.add(b0).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 4 * LANES);
    offset.add(b1).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 5 * LANES);
    offset.add(b2).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 6 * LANES);
    offset.add(b3).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 7 * LANES);
    offset = FloatVector.broadcast(F32, sums[k + 2]).reinterpretAsShorts().mul(lowest);
    offset.add(c0).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 8 * LANES);
    offset.add(c1).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 9 * LANES);
    offset.add(c2).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 10 * LANES);
    offset.add(c3).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 11 * LANES);
    offset = FloatVector.broadcast(F32, sums[k + 3]).reinterpretAsShorts().mul(lowest);
    offset.add(d0).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 12 * LANES);
    offset.add(d1).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 13 * LANES);
    offset.add(d2).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 14 * LANES);
    offset.add(d3).reinterpretAsFloats().intoArray(sums, Scratch.GROUP_SUMS + 15 * LANES);
  }

  /** Adds the sums of a group to those of all, times the scales of weights and of x, which lie at {@code x}. */
  private static void vectorFinish(MemorySegment piece, long scales, int x, float[] sums, int at) {
    FloatVector scale0 = FloatVector.fromMemorySegment(F32, piece, scales, LITTLE_ENDIAN);
    FloatVector scale1 = FloatVector.fromMemorySegment(F32, piece, scales + VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector scale2 = FloatVector.fromMemorySegment(F32, piece, scales + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector scale3 = FloatVector.fromMemorySegment(F32, piece, scales + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
    int from = Scratch.GROUP_SUMS;
    int to = at;
    for (long r = x; r < x + Int8Activations.TOGETHER; r++) {
      FloatVector scale = FloatVector.broadcast(F32, sums[(int) r]);
      IntVector s0 = FloatVector.fromArray(F32, sums, from).reinterpretAsInts();
      IntVector s1 = FloatVector.fromArray(F32, sums, from + LANES).reinterpretAsInts();
      IntVector s2 = FloatVector.fromArray(F32, sums, from + 2 * LANES).reinterpretAsInts();
      IntVector s3 = FloatVector.fromArray(F32, sums, from + 3 * LANES).reinterpretAsInts();
      ((FloatVector) s0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s0.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale0).mul(scale)
          .add(FloatVector.fromArray(F32, sums, to)).intoArray(sums, to);
      ((FloatVector) s1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s1.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale1).mul(scale)
          .add(FloatVector.fromArray(F32, sums, to + LANES)).intoArray(sums, to + LANES);
      ((FloatVector) s2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s2.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale2).mul(scale)
          .add(FloatVector.fromArray(F32, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
      ((FloatVector) s3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s3.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale3).mul(scale)
          .add(FloatVector.fromArray(F32, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
      from += F32Panels.STRIP;
      to += PANEL;
    }
  }

  /** The same, where groups have a minimum. */
  private static void vectorFinishWithMinimums(
      MemorySegment piece, long scales, long minimums, int x, float[] sums, int at) {
    FloatVector scale0 = FloatVector.fromMemorySegment(F32, piece, scales, LITTLE_ENDIAN);
    FloatVector scale1 = FloatVector.fromMemorySegment(F32, piece, scales + VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector scale2 = FloatVector.fromMemorySegment(F32, piece, scales + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector scale3 = FloatVector.fromMemorySegment(F32, piece, scales + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector minimum0 = FloatVector.fromMemorySegment(F32, piece, minimums, LITTLE_ENDIAN);
    FloatVector minimum1 = FloatVector.fromMemorySegment(F32, piece, minimums + VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector minimum2 = FloatVector.fromMemorySegment(F32, piece, minimums + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector minimum3 = FloatVector.fromMemorySegment(F32, piece, minimums + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
    int from = Scratch.GROUP_SUMS;
    int to = at;
    for (long r = x; r < x + Int8Activations.TOGETHER; r++) {
      FloatVector scale = FloatVector.broadcast(F32, sums[(int) r]);
      FloatVector total = FloatVector.broadcast(F32, sums[(int) r + Int8Activations.TOGETHER]);
      IntVector s0 = FloatVector.fromArray(F32, sums, from).reinterpretAsInts();
      IntVector s1 = FloatVector.fromArray(F32, sums, from + LANES).reinterpretAsInts();
      IntVector s2 = FloatVector.fromArray(F32, sums, from + 2 * LANES).reinterpretAsInts();
      IntVector s3 = FloatVector.fromArray(F32, sums, from + 3 * LANES).reinterpretAsInts();
      FloatVector p0 = ((FloatVector) s0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s0.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale0);
      total.fma(minimum0, p0).mul(scale).add(FloatVector.fromArray(F32, sums, to)).intoArray(sums, to);
      FloatVector p1 = ((FloatVector) s1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s1.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale1);
      total.fma(minimum1, p1).mul(scale).add(FloatVector.fromArray(F32, sums, to + LANES)).intoArray(sums, to + LANES);
      FloatVector p2 = ((FloatVector) s2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s2.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale2);
      total.fma(minimum2, p2).mul(scale).add(FloatVector.fromArray(F32, sums, to + 2 * LANES)).intoArray(sums,
          to + 2 * LANES);
      FloatVector p3 = ((FloatVector) s3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
          .add(s3.lanewise(VectorOperators.ASHR, 16)).convert(VectorOperators.I2F, 0)).mul(scale3);
      total.fma(minimum3, p3).mul(scale).add(FloatVector.fromArray(F32, sums, to + 3 * LANES)).intoArray(sums,
          to + 3 * LANES);
      from += F32Panels.STRIP;
      to += PANEL;
    }
  }

  /** Unpacks the codes of a group of four vectors of rows; see {@link LevelPacking#unpack}. */
  static void vectorUnpack(
      MemorySegment in, long from, long second, long third, long fourth, MemorySegment out, long to) {
    IntVector mask = IntVector.broadcast(I32, CODES);
    long column = from;
    long at = to;
    for (long end = to + Int8Activations.PAIRS * COLUMN_BYTES; at < end; column += LevelLayout.COLUMN_BYTES) {
      IntVector v0 = IntVector.fromMemorySegment(I32, in, column, LITTLE_ENDIAN);
      IntVector v1 = IntVector.fromMemorySegment(I32, in, column + second, LITTLE_ENDIAN);
      IntVector v2 = IntVector.fromMemorySegment(I32, in, column + third, LITTLE_ENDIAN);
      IntVector v3 = IntVector.fromMemorySegment(I32, in, column + fourth, LITTLE_ENDIAN);
      int shift = 0;
      for (long intEnd = at + HALF_INT * COLUMN_BYTES; at < intEnd; at += COLUMN_BYTES) {
        v0.lanewise(VectorOperators.LSHR, shift).and(mask).intoMemorySegment(out, at, LITTLE_ENDIAN);
        v1.lanewise(VectorOperators.LSHR, shift).and(mask).intoMemorySegment(out, at + VECTOR_BYTES, LITTLE_ENDIAN);
        v2.lanewise(VectorOperators.LSHR, shift).and(mask).intoMemorySegment(out, at + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
        v3.lanewise(VectorOperators.LSHR, shift).and(mask).intoMemorySegment(out, at + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
        shift += CODE_BITS;
      }
    }
  }

  /** Makes pairs of codes of a piece whose levels are floats, in place: a pair is written where all has been read. */
  static void vectorPairUp(MemorySegment piece, long start, int lowestLevel, int cols) {
    FloatVector lowest = FloatVector.broadcast(F32, lowestLevel);
    for (long lane = 0; lane < COLUMN_BYTES; lane += VECTOR_BYTES) {
      long to = start + lane;
      for (int k = 0; k < cols; k += Int8Layout.PER_INT) {
        long low = start + lane + k * COLUMN_BYTES;
        for (long end = low + HALF_INT * COLUMN_BYTES; low < end; low += COLUMN_BYTES, to += COLUMN_BYTES) {
          long high = low + HALF_INT * COLUMN_BYTES;
          IntVector codes = (IntVector) FloatVector.fromMemorySegment(F32, piece, low, LITTLE_ENDIAN).sub(lowest)
              .convert(VectorOperators.F2I, 0);
          ((IntVector) FloatVector.fromMemorySegment(F32, piece, high, LITTLE_ENDIAN).sub(lowest)
              .convert(VectorOperators.F2I, 0)).lanewise(VectorOperators.LSHL, Short.SIZE).or(codes)
              .intoMemorySegment(piece, to, LITTLE_ENDIAN);
        }
      }
    }
  }
}
