package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** From rows to {@linkplain HalfLayout columns of two-byte floats}, and from these to columns of floats. */
final class HalfPacking {

  private static final VectorSpecies<Integer> I32 = VectorShapes.I32;
  private static final int LANES = VectorShapes.LANES;

  private HalfPacking() {}

  /** Packs a whole matrix; a unit is a panel. */
  static void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    int panels = Math.ceilDiv(in.rows(), PanelLayout.ROWS);
    int from = worker.shareStart(panels, 1) * PanelLayout.ROWS;
    int to = Math.min(in.rows(), worker.shareEnd(panels, 1) * PanelLayout.ROWS);
    for (int row = from; row < to; row++) {
      long start = row * in.encoding().rowBytes(in.cols());
      plainPackRow(in.data(), start, in.cols(), out.data(), HalfLayout.start(row, in.cols()));
    }
  }

  private static void plainPackRow(MemorySegment in, long from, int cols, MemorySegment out, long to) {
    for (int pair = 0; pair < cols / 2; pair++) {
      out.set(Packing.INT, to + pair * HalfLayout.COLUMN_BYTES,
          in.get(Packing.INT, from + (long) pair * Integer.BYTES));
    }
    if (cols % 2 == 1) {
      int last = Short.toUnsignedInt(in.get(Packing.SHORT, from + (cols - 1L) * Short.BYTES));
      out.set(Packing.INT, to + cols / 2 * HalfLayout.COLUMN_BYTES, last);
    }
  }

  /** Unpacks a piece of the panel that starts with {@code row}, and with an even column, as columns of floats. */
  static void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    boolean bfloat = HalfLayout.isBfloat(w.encoding());
    for (int lane = 0; lane < PanelLayout.ROWS; lane += LANES) {
      long from = HalfLayout.start(row + lane, w.cols()) + col / 2 * HalfLayout.COLUMN_BYTES;
      long to = start + (long) lane * Float.BYTES;
      if (bfloat) {
        vectorBfloats(w.data(), from, cols, out, to);
      } else {
        vectorHalves(w.data(), from, cols, out, to);
      }
    }
  }

  private static void vectorBfloats(MemorySegment in, long from, int cols, MemorySegment out, long to) {
    long column = from;
    long end = to + cols * PanelLayout.COLUMN_BYTES;
    for (long at = to; at < end; at += 2 * PanelLayout.COLUMN_BYTES) {
      IntVector pair = IntVector.fromMemorySegment(I32, in, column, LITTLE_ENDIAN);
      column += HalfLayout.COLUMN_BYTES;
      pair.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(out, at, LITTLE_ENDIAN);
      if (at + PanelLayout.COLUMN_BYTES < end) {
        pair.and(HalfRow.UPPER).intoMemorySegment(out, at + PanelLayout.COLUMN_BYTES, LITTLE_ENDIAN);
      }
    }
  }

  /** See {@link HalfRow} for the arithmetic. */
  private static void vectorHalves(MemorySegment in, long from, int cols, MemorySegment out, long to) {
    long column = from;
    long end = to + cols * PanelLayout.COLUMN_BYTES;
    for (long at = to; at < end; at += 2 * PanelLayout.COLUMN_BYTES) {
      IntVector pair = IntVector.fromMemorySegment(I32, in, column, LITTLE_ENDIAN);
      column += HalfLayout.COLUMN_BYTES;
      IntVector low = pair.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 3).and(HalfRow.FIELDS);
      low.reinterpretAsFloats().mul(HalfRow.SCALE).reinterpretAsInts()
          .lanewise(VectorOperators.OR, HalfRow.EXPONENT,
              low.and(HalfRow.LARGEST).compare(VectorOperators.EQ, HalfRow.LARGEST))
          .intoMemorySegment(out, at, LITTLE_ENDIAN);
      if (at + PanelLayout.COLUMN_BYTES < end) {
        IntVector high = pair.lanewise(VectorOperators.ASHR, 3).and(HalfRow.FIELDS);
        high.reinterpretAsFloats().mul(HalfRow.SCALE).reinterpretAsInts()
            .lanewise(VectorOperators.OR, HalfRow.EXPONENT,
                high.and(HalfRow.LARGEST).compare(VectorOperators.EQ, HalfRow.LARGEST))
            .intoMemorySegment(out, at + PanelLayout.COLUMN_BYTES, LITTLE_ENDIAN);
      }
    }
  }
}
