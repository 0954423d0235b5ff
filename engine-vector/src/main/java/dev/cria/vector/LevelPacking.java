package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** From rows to {@linkplain LevelLayout packed levels}, and from these to columns of floats. */
final class LevelPacking {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;

  private LevelPacking() {}

  /** Packs a whole matrix in ints or bytes; a unit is a panel. What the rows below the last hold does not matter. */
  static void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    ScaledEncoding encoding = (ScaledEncoding) in.encoding();
    int step = Encoding.MAX_BLOCK_SIZE / encoding.blockSize() * encoding.blockSize();
    int panels = Math.ceilDiv(in.rows(), PanelLayout.ROWS);
    int end = worker.shareEnd(panels, 1);
    MemorySegment piece = worker.sharedScratch();
    long start = Scratch.piece(worker);
    for (int panel = worker.shareStart(panels, 1); panel < end; panel++) {
      int row = panel * PanelLayout.ROWS;
      for (int k = 0; k < in.cols(); k += step) {
        int cols = Math.min(step, in.cols() - k);
        Packing.pack(in, row, k, cols, LevelLayout.keepsFactors(encoding), worker.scratch(), piece, start);
        if (out.layout() instanceof ByteLayout) {
          BytePacking.vectorPackPiece(encoding, piece, start, cols, out, row, k);
        } else {
          packPiece(encoding, piece, start, cols, out, row, k);
        }
      }
    }
  }

  /** The inverse of {@link #unpack}, but that scales which are products come as their factors if these are kept. */
  private static void packPiece(
      ScaledEncoding encoding, MemorySegment piece, long start, int cols, WeightMatrix out, int row, int col) {
    int size = encoding.groupSize();
    long scales = start + cols * PanelLayout.COLUMN_BYTES;
    long minimums = scales + cols / size * PanelLayout.COLUMN_BYTES;
    boolean factors = LevelLayout.keepsFactors(encoding);
    for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
      long laneBytes = (long) lane * Float.BYTES;
      for (int k = 0; k < cols; k += size) {
        long column = k / size * PanelLayout.COLUMN_BYTES + laneBytes;
        long to = LevelLayout.scaleStart(encoding, row + lane, out.cols(), col + k);
        vectorPackLevels(piece, start + k * PanelLayout.COLUMN_BYTES + laneBytes, size, LevelLayout.bits(encoding),
            LevelLayout.perInt(encoding), LevelRow.bias(encoding), out.data(),
            LevelLayout.levelsStart(encoding, row + lane, out.cols(), col + k));
        if (factors) {
          int shift = LevelLayout.isSecond(encoding, col + k) ? 16 : 0;
          plainPackBytes(piece, scales + column, shift, out.data(), to);
          if (encoding.hasMinimum()) {
            plainPackBytes(piece, minimums + column, shift + Byte.SIZE, out.data(), to);
          }
        } else {
          MemorySegment.copy(piece, scales + column, out.data(), to, VECTOR_BYTES);
          if (encoding.hasMinimum()) {
            MemorySegment.copy(piece, minimums + column, out.data(), to + LevelLayout.COLUMN_BYTES, VECTOR_BYTES);
          }
        }
      }
    }
    if (factors) {
      packHeads(encoding, piece, encoding.hasMinimum() ? 2 * minimums - scales : minimums, cols, out, row, col);
    }
  }

  /** Copies the floats of blocks to where these start. */
  private static void packHeads(
      ScaledEncoding encoding, MemorySegment piece, long start, int cols, WeightMatrix out, int row, int col) {
    int size = encoding.blockSize();
    long minimums = start + cols / size * PanelLayout.COLUMN_BYTES;
    for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
      for (int k = 0; k < cols; k += size) {
        long column = k / size * PanelLayout.COLUMN_BYTES + (long) lane * Float.BYTES;
        long to = LevelLayout.blockStart(encoding, row + lane, out.cols(), col + k);
        MemorySegment.copy(piece, start + column, out.data(), to, VECTOR_BYTES);
        if (encoding.hasMinimum()) {
          MemorySegment.copy(piece, minimums + column, out.data(), to + LevelLayout.COLUMN_BYTES, VECTOR_BYTES);
        }
      }
    }
  }

  private static void vectorPackLevels(
      MemorySegment in, long from, int groupSize, int bits, int perInt, float lowest, MemorySegment out, long to) {
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    FloatVector bias = FloatVector.broadcast(F32, lowest);
    long column = to;
    for (int k = 0; k < groupSize; k += perInt) {
      IntVector packed = IntVector.zero(I32);
      long first = from + k * PanelLayout.COLUMN_BYTES;
      long after = from + Math.min(k + perInt, groupSize) * PanelLayout.COLUMN_BYTES;
      int shift = 0;
      for (long at = first; at < after; at += PanelLayout.COLUMN_BYTES) {
        FloatVector level = FloatVector.fromMemorySegment(F32, in, at, LITTLE_ENDIAN);
        packed = level.add(bias).reinterpretAsInts().and(mask).lanewise(VectorOperators.LSHL, shift).or(packed);
        shift += bits;
      }
      packed.intoMemorySegment(out, column, LITTLE_ENDIAN);
      column += LevelLayout.COLUMN_BYTES;
    }
  }

  /** Puts integers that are floats into one byte of each int of a column. */
  private static void plainPackBytes(MemorySegment in, long from, int shift, MemorySegment out, long to) {
    for (long lane = 0; lane < VECTOR_BYTES; lane += Float.BYTES) {
      int integer = (int) in.get(Packing.FLOAT, from + lane) + LevelLayout.ZERO;
      out.set(ValueLayout.JAVA_BYTE, to + lane + shift / Byte.SIZE, (byte) integer);
    }
  }

  /** The scale of the group of a row that starts with column {@code col}, or its minimum. */
  static float scale(WeightMatrix w, int row, int col, boolean minimum) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    long at = LevelLayout.scaleStart(encoding, row, w.cols(), col);
    long next = minimum ? LevelLayout.COLUMN_BYTES : 0;
    if (!LevelLayout.keepsFactors(encoding)) {
      return w.data().get(Packing.FLOAT, at + next);
    }
    int which = (LevelLayout.isSecond(encoding, col) ? 2 : 0) + (minimum ? 1 : 0);
    int integer = Byte.toUnsignedInt(w.data().get(ValueLayout.JAVA_BYTE, at + which)) - LevelLayout.ZERO;
    return w.data().get(Packing.FLOAT, LevelLayout.blockStart(encoding, row, w.cols(), col) + next) * integer;
  }

  /**
   * Unpacks a piece of the panel that starts with {@code row}: columns of levels as floats, then those of the scales and of the
   * minimums, as {@link Packing#pack} writes them.
   *
   * @param col where the piece starts, with a whole group
   * @param pairs whether to write pairs of codes instead of levels, for {@link Int8Panels}: half as many columns
   */
  static void unpack(WeightMatrix w, int row, int col, int cols, boolean pairs, MemorySegment out, long start) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    int size = encoding.groupSize();
    for (int lane = 0; lane < PanelLayout.ROWS; lane += F32Panels.STRIP) {
      int first = row + lane;
      long origin = LevelLayout.start(encoding, first, w.cols());
      long second = LevelLayout.start(encoding, first + LANES, w.cols()) - origin;
      long third = LevelLayout.start(encoding, first + 2 * LANES, w.cols()) - origin;
      long fourth = LevelLayout.start(encoding, first + 3 * LANES, w.cols()) - origin;
      long levels = start + (long) lane * Float.BYTES;
      long scales = levels + cols * PanelLayout.COLUMN_BYTES;
      long minimums = scales + cols / size * PanelLayout.COLUMN_BYTES;
      for (int k = col; k < col + cols; k += size) {
        long from = LevelLayout.levelsStart(encoding, first, w.cols(), k);
        if (pairs) {
          Int8Panels.vectorUnpack(w.data(), from, second, third, fourth, out, levels);
        } else {
          vectorUnpackLevels(w.data(), from, second, third, fourth, LevelLayout.bits(encoding),
              LevelLayout.perInt(encoding), LevelRow.bias(encoding), size, out, levels);
        }
        unpackScales(w, first, k, second, third, fourth, false, out, scales);
        if (encoding.hasMinimum()) {
          unpackScales(w, first, k, second, third, fourth, true, out, minimums);
        }
        levels += (pairs ? Int8Activations.PAIRS : size) * PanelLayout.COLUMN_BYTES;
        scales += PanelLayout.COLUMN_BYTES;
        minimums += PanelLayout.COLUMN_BYTES;
      }
    }
  }

  /** One column of the scales of four vectors of rows, or of their minimums. */
  private static void unpackScales(
      WeightMatrix w, int row, int col, long second, long third, long fourth, boolean minimums, MemorySegment out,
      long to) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    long from = LevelLayout.scaleStart(encoding, row, w.cols(), col);
    long next = minimums ? LevelLayout.COLUMN_BYTES : 0;
    if (LevelLayout.keepsFactors(encoding)) {
      int shift = (LevelLayout.isSecond(encoding, col) ? 16 : 0) + (minimums ? Byte.SIZE : 0);
      long head = LevelLayout.blockStart(encoding, row, w.cols(), col) + next;
      vectorUnpackProducts(w.data(), from, second, third, fourth, shift, head, out, to);
    } else {
      vectorUnpackFloats(w.data(), from + next, second, third, fourth, out, to);
    }
  }

  /** Four vectors of rows; see {@link LevelRow} for the arithmetic. */
  private static void vectorUnpackLevels(
      MemorySegment in, long from, long second, long third, long fourth, int bits, int perInt, float lowest,
      int groupSize, MemorySegment out, long to) {
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    IntVector exponent = IntVector.broadcast(I32, LevelRow.EXPONENT);
    FloatVector bias = FloatVector.broadcast(F32, lowest);
    long intBytes = perInt * PanelLayout.COLUMN_BYTES;
    long column = from;
    long at = to;
    for (long groupEnd = at + groupSize * PanelLayout.COLUMN_BYTES; at < groupEnd; column += LevelLayout.COLUMN_BYTES) {
      IntVector v0 = IntVector.fromMemorySegment(I32, in, column, LITTLE_ENDIAN);
      IntVector v1 = IntVector.fromMemorySegment(I32, in, column + second, LITTLE_ENDIAN);
      IntVector v2 = IntVector.fromMemorySegment(I32, in, column + third, LITTLE_ENDIAN);
      IntVector v3 = IntVector.fromMemorySegment(I32, in, column + fourth, LITTLE_ENDIAN);
      int shift = 0;
      for (long intEnd = Math.min(groupEnd, at + intBytes); at < intEnd; at += PanelLayout.COLUMN_BYTES) {
        v0.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias)
            .intoMemorySegment(out, at, LITTLE_ENDIAN);
        v1.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias)
            .intoMemorySegment(out, at + VECTOR_BYTES, LITTLE_ENDIAN);
        v2.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias)
            .intoMemorySegment(out, at + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
        v3.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias)
            .intoMemorySegment(out, at + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
        shift += bits;
      }
    }
  }

  /**
   * One byte of each int, times what its row has for the block.
   *
   * @param shift where the byte starts in the int
   */
  private static void vectorUnpackProducts(
      MemorySegment in, long from, long second, long third, long fourth, int shift, long head, MemorySegment out,
      long to) {
    IntVector mask = IntVector.broadcast(I32, NarrowRow.BYTE);
    IntVector exponent = IntVector.broadcast(I32, LevelRow.EXPONENT);
    FloatVector zero = FloatVector.broadcast(F32, NarrowRow.ZERO);
    IntVector.fromMemorySegment(I32, in, from, LITTLE_ENDIAN).lanewise(VectorOperators.LSHR, shift).and(mask)
        .or(exponent).reinterpretAsFloats().sub(zero)
        .mul(FloatVector.fromMemorySegment(F32, in, head, LITTLE_ENDIAN)).intoMemorySegment(out, to, LITTLE_ENDIAN);
    IntVector.fromMemorySegment(I32, in, from + second, LITTLE_ENDIAN).lanewise(VectorOperators.LSHR, shift).and(mask)
        .or(exponent).reinterpretAsFloats().sub(zero)
        .mul(FloatVector.fromMemorySegment(F32, in, head + second, LITTLE_ENDIAN))
        .intoMemorySegment(out, to + VECTOR_BYTES, LITTLE_ENDIAN);
    IntVector.fromMemorySegment(I32, in, from + third, LITTLE_ENDIAN).lanewise(VectorOperators.LSHR, shift).and(mask)
        .or(exponent).reinterpretAsFloats().sub(zero)
        .mul(FloatVector.fromMemorySegment(F32, in, head + third, LITTLE_ENDIAN))
        .intoMemorySegment(out, to + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
    IntVector.fromMemorySegment(I32, in, from + fourth, LITTLE_ENDIAN).lanewise(VectorOperators.LSHR, shift).and(mask)
        .or(exponent).reinterpretAsFloats().sub(zero)
        .mul(FloatVector.fromMemorySegment(F32, in, head + fourth, LITTLE_ENDIAN))
        .intoMemorySegment(out, to + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
  }

  private static void vectorUnpackFloats(
      MemorySegment in, long from, long second, long third, long fourth, MemorySegment out, long to) {
    FloatVector.fromMemorySegment(F32, in, from, LITTLE_ENDIAN).intoMemorySegment(out, to, LITTLE_ENDIAN);
    FloatVector.fromMemorySegment(F32, in, from + second, LITTLE_ENDIAN)
        .intoMemorySegment(out, to + VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector.fromMemorySegment(F32, in, from + third, LITTLE_ENDIAN)
        .intoMemorySegment(out, to + 2 * VECTOR_BYTES, LITTLE_ENDIAN);
    FloatVector.fromMemorySegment(F32, in, from + fourth, LITTLE_ENDIAN)
        .intoMemorySegment(out, to + 3 * VECTOR_BYTES, LITTLE_ENDIAN);
  }
}
