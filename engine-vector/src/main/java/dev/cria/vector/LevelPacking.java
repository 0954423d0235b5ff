package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
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

  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;

  private LevelPacking() {}

  /** Packs a whole matrix; a unit is a panel. */
  static void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    int panels = Math.ceilDiv(in.rows(), PanelLayout.ROWS);
    int from = worker.shareStart(panels, 1) * PanelLayout.ROWS;
    int to = Math.min(in.rows(), worker.shareEnd(panels, 1) * PanelLayout.ROWS);
    for (int row = from; row < to; row++) {
      packRow((ScaledEncoding) in.encoding(), in, row, worker.scratch(), out.data());
    }
  }

  private static void packRow(
      ScaledEncoding encoding, WeightMatrix in, int row, float[] scratch, MemorySegment out) {
    int step = Encoding.MAX_BLOCK_SIZE / encoding.blockSize() * encoding.blockSize();
    long from = row * encoding.rowBytes(in.cols());
    long to = LevelLayout.start(encoding, row, in.cols());
    for (int k = 0; k < in.cols(); k += step) {
      int cols = Math.min(step, in.cols() - k);
      encoding.decodeGroups(in.data(), from + encoding.rowBytes(k), scratch, Scratch.DECODED, cols);
      int groups = cols / encoding.groupSize();
      for (int group = 0; group < groups; group++) {
        packGroup(encoding, scratch, group, groups, out, to);
        to += LevelLayout.groupBytes(encoding);
      }
    }
  }

  private static void packGroup(
      ScaledEncoding encoding, float[] scratch, int group, int groups, MemorySegment out, long to) {
    int size = encoding.groupSize();
    int lowest = encoding.lowestLevel();
    int bits = LevelLayout.bits(encoding);
    int perInt = Integer.SIZE / bits;
    long columnBytes = LevelLayout.columnBytes(encoding);
    int first = Scratch.DECODED + group * size;
    long column = to;
    for (int k = 0; k < size; k += perInt) {
      int packed = 0;
      for (int i = Math.min(perInt, size - k) - 1; i >= 0; i--) {
        packed = packed << bits | (int) scratch[first + k + i] - lowest;
      }
      out.set(INT, column, packed);
      column += columnBytes;
    }
    int scales = Scratch.DECODED + groups * size;
    out.set(Packing.FLOAT, column, scratch[scales + group]);
    if (encoding.hasMinimum()) {
      out.set(Packing.FLOAT, column + columnBytes, scratch[scales + groups + group]);
    }
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
      long from = LevelLayout.start(encoding, row + lane, w.cols())
          + col / encoding.groupSize() * LevelLayout.groupBytes(encoding);
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
      for (long intEnd = Math.min(end, at + intBytes); at < intEnd; at += PanelLayout.COLUMN_BYTES) {
        levels.and(mask).or(exponent).reinterpretAsFloats().sub(bias).intoMemorySegment(out, at, LITTLE_ENDIAN);
        levels = levels.lanewise(VectorOperators.LSHR, bits);
      }
    }
    FloatVector.fromMemorySegment(F32, in, column, LITTLE_ENDIAN).intoMemorySegment(out, scale, LITTLE_ENDIAN);
    if (encoding.hasMinimum()) {
      FloatVector.fromMemorySegment(F32, in, column + columnBytes, LITTLE_ENDIAN)
          .intoMemorySegment(out, minimum, LITTLE_ENDIAN);
    }
  }
}
