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

  private LevelPacking() {}

  /** Packs a whole matrix; a unit is a panel. What the rows below the last hold does not matter. */
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
        packPiece(encoding, piece, start, cols, out, row, k);
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
        packGroup(encoding, piece, from, scale, scale + groups * PanelLayout.COLUMN_BYTES, out.data(), to);
        from += encoding.groupSize() * PanelLayout.COLUMN_BYTES;
        scale += PanelLayout.COLUMN_BYTES;
        to += LevelLayout.groupBytes(encoding);
      }
    }
  }

  private static void packGroup(
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
    int groups = cols / encoding.groupSize();
    long scales = start + cols * PanelLayout.COLUMN_BYTES;
    for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
      long from = groupStart(encoding, row + lane, w.cols(), col);
      long to = start + (long) lane * Float.BYTES;
      long scale = scales + (long) lane * Float.BYTES;
      for (int group = 0; group < groups; group++) {
        unpackGroup(encoding, w.data(), from, out, to, scale, scale + groups * PanelLayout.COLUMN_BYTES);
        from += LevelLayout.groupBytes(encoding);
        to += encoding.groupSize() * PanelLayout.COLUMN_BYTES;
        scale += PanelLayout.COLUMN_BYTES;
      }
    }
  }

  /** One vector of rows; see {@link LevelRow} for the arithmetic. */
  private static void unpackGroup(
      ScaledEncoding encoding, MemorySegment in, long from, MemorySegment out, long to, long scale, long minimum) {
    int bits = LevelLayout.bits(encoding);
    long intBytes = Integer.SIZE / bits * PanelLayout.COLUMN_BYTES;
    long columnBytes = LevelLayout.columnBytes(encoding);
    IntVector mask = IntVector.broadcast(I32, (1 << bits) - 1);
    IntVector exponent = IntVector.broadcast(I32, LevelRow.EXPONENT);
    FloatVector bias = FloatVector.broadcast(F32, LevelRow.bias(encoding));
    long column = from;
    long end = to + encoding.groupSize() * PanelLayout.COLUMN_BYTES;
    for (long at = to; at < end;) {
      IntVector levels = IntVector.fromMemorySegment(I32, in, column, LITTLE_ENDIAN);
      column += columnBytes;
      int shift = 0;
      for (long intEnd = Math.min(end, at + intBytes); at < intEnd; at += PanelLayout.COLUMN_BYTES) {
        levels.lanewise(VectorOperators.LSHR, shift).and(mask).or(exponent).reinterpretAsFloats().sub(bias)
            .intoMemorySegment(out, at, LITTLE_ENDIAN);
        shift += bits;
      }
    }
    FloatVector.fromMemorySegment(F32, in, column, LITTLE_ENDIAN).intoMemorySegment(out, scale, LITTLE_ENDIAN);
    if (encoding.hasMinimum()) {
      FloatVector.fromMemorySegment(F32, in, column + columnBytes, LITTLE_ENDIAN)
          .intoMemorySegment(out, minimum, LITTLE_ENDIAN);
    }
  }
}
