package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
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
        Packing.pack(in, row, k, cols, worker.scratch(), piece, start);
        if (out.layout() instanceof ByteLayout) {
          BytePacking.vectorPackPiece(encoding, piece, start, cols, out, row, k);
        } else {
          packPiece(encoding, piece, start, cols, out, row, k);
        }
      }
    }
  }

  /** The inverse of {@link #unpack}. */
  private static void packPiece(
      ScaledEncoding encoding, MemorySegment piece, long start, int cols, WeightMatrix out, int row, int col) {
    int groups = cols / encoding.groupSize();
    long scales = start + cols * PanelLayout.COLUMN_BYTES;
    for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
      long from = start + (long) lane * Float.BYTES;
      long scale = scales + (long) lane * Float.BYTES;
      long to = groupStart(encoding, row + lane, out.cols(), col);
      for (int group = 0; group < groups; group++) {
        vectorPackGroup(encoding, piece, from, scale, scale + groups * PanelLayout.COLUMN_BYTES, out.data(), to);
        from += encoding.groupSize() * PanelLayout.COLUMN_BYTES;
        scale += PanelLayout.COLUMN_BYTES;
        to += LevelLayout.groupBytes(encoding);
      }
    }
  }

  private static void vectorPackGroup(
      ScaledEncoding encoding, MemorySegment in, long from, long scale, long minimum, MemorySegment out, long to) {
    int bits = LevelLayout.bits(encoding);
    int perInt = Integer.SIZE / bits;
    long columnBytes = LevelLayout.columnBytes(encoding);
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    FloatVector bias = FloatVector.broadcast(F32, LevelRow.bias(encoding));
    long column = to;
    for (int k = 0; k < encoding.groupSize(); k += perInt) {
      IntVector packed = IntVector.zero(I32);
      long first = from + k * PanelLayout.COLUMN_BYTES;
      long after = from + Math.min(k + perInt, encoding.groupSize()) * PanelLayout.COLUMN_BYTES;
      int shift = 0;
      for (long at = first; at < after; at += PanelLayout.COLUMN_BYTES) {
        FloatVector level = FloatVector.fromMemorySegment(F32, in, at, LITTLE_ENDIAN);
        packed = level.add(bias).reinterpretAsInts().and(mask).lanewise(VectorOperators.LSHL, shift).or(packed);
        shift += bits;
      }
      packed.intoMemorySegment(out, column, LITTLE_ENDIAN);
      column += columnBytes;
    }
    FloatVector.fromMemorySegment(F32, in, scale, LITTLE_ENDIAN).intoMemorySegment(out, column, LITTLE_ENDIAN);
    if (encoding.hasMinimum()) {
      FloatVector.fromMemorySegment(F32, in, minimum, LITTLE_ENDIAN)
          .intoMemorySegment(out, column + columnBytes, LITTLE_ENDIAN);
    }
  }

  /** Where the group that starts with column {@code col} lies. */
  private static long groupStart(ScaledEncoding encoding, int row, int cols, int col) {
    return LevelLayout.start(encoding, row, cols) + col / encoding.groupSize() * LevelLayout.groupBytes(encoding);
  }

  /**
   * Unpacks a piece of the panel that starts with {@code row}: columns of levels as floats, then those of the scales and of the
   * minimums, as {@link Packing#pack} writes them.
   *
   * @param col where the piece starts, with a whole group
   */
  static void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    ScaledEncoding encoding = (ScaledEncoding) w.encoding();
    long scales = start + cols * PanelLayout.COLUMN_BYTES;
    for (int lane = 0; lane < PanelLayout.ROWS; lane += F32Panels.STRIP) {
      long from = groupStart(encoding, row + lane, w.cols(), col);
      long second = groupStart(encoding, row + lane + LANES, w.cols(), col) - from;
      long third = groupStart(encoding, row + lane + 2 * LANES, w.cols(), col) - from;
      long fourth = groupStart(encoding, row + lane + 3 * LANES, w.cols(), col) - from;
      long to = start + (long) lane * Float.BYTES;
      vectorUnpackStrip(w.data(), from, second, third, fourth, LevelLayout.columnBytes(encoding),
          LevelLayout.bits(encoding),
          LevelRow.bias(encoding), encoding.groupSize(), cols / encoding.groupSize(), encoding.hasMinimum(), out, to,
          scales + (long) lane * Float.BYTES);
    }
  }

  /** Four vectors of rows; see {@link LevelRow} for the arithmetic. */
  private static void vectorUnpackStrip(
      MemorySegment in, long from, long second, long third, long fourth, long columnBytes, int bits, float lowest,
      int groupSize, int groups, boolean minimums, MemorySegment out, long to, long scales) {
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    IntVector exponent = IntVector.broadcast(I32, LevelRow.EXPONENT);
    FloatVector bias = FloatVector.broadcast(F32, lowest);
    long intBytes = Integer.SIZE / bits * PanelLayout.COLUMN_BYTES;
    long column = from;
    long scale = scales;
    long at = to;
    for (int group = 0; group < groups; group++) {
      for (long groupEnd = at + groupSize * PanelLayout.COLUMN_BYTES; at < groupEnd; column += columnBytes) {
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
      copyStrip(in, column, second, third, fourth, out, scale);
      column += columnBytes;
      if (minimums) {
        copyStrip(in, column, second, third, fourth, out, scale + groups * PanelLayout.COLUMN_BYTES);
        column += columnBytes;
      }
      scale += PanelLayout.COLUMN_BYTES;
    }
  }

  private static void copyStrip(
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
