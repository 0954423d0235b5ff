package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** From rows to {@linkplain HalfLayout columns of two-byte floats}, and from these to columns of floats. */
final class HalfPacking {

  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private HalfPacking() {}

  /** Packs a whole matrix; a unit is a panel. */
  static void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    int panels = Math.ceilDiv(in.rows(), PanelLayout.ROWS);
    int from = worker.shareStart(panels, 1) * PanelLayout.ROWS;
    int to = Math.min(in.rows(), worker.shareEnd(panels, 1) * PanelLayout.ROWS);
    for (int row = from; row < to; row++) {
      long start = row * in.encoding().rowBytes(in.cols());
      packRow(in.data(), start, in.cols(), out.data(), HalfLayout.start(row, in.cols()));
    }
  }

  private static void packRow(MemorySegment in, long from, int cols, MemorySegment out, long to) {
    for (int pair = 0; pair < cols / 2; pair++) {
      out.set(INT, to + pair * HalfLayout.COLUMN_BYTES, in.get(INT, from + (long) pair * Integer.BYTES));
    }
    if (cols % 2 == 1) {
      int last = Short.toUnsignedInt(in.get(SHORT, from + (cols - 1L) * Short.BYTES));
      out.set(INT, to + cols / 2 * HalfLayout.COLUMN_BYTES, last);
    }
  }

  /** Unpacks a piece of the panel that starts with {@code row} as columns of floats. */
  static void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    boolean bfloat = HalfLayout.isBfloat(w.encoding());
    for (int r = 0; r < PanelLayout.ROWS; r++) {
      long from = HalfLayout.start(row + r, w.cols()) + col / 2 * HalfLayout.COLUMN_BYTES;
      long to = start + (long) r * Float.BYTES;
      for (int k = 0; k < cols; k++) {
        short half = w.data().get(SHORT, from + k / 2 * HalfLayout.COLUMN_BYTES + k % 2 * (long) Short.BYTES);
        float value = bfloat ? Float.intBitsToFloat(half << 16) : Float.float16ToFloat(half);
        out.set(Packing.FLOAT, to + k * PanelLayout.COLUMN_BYTES, value);
      }
    }
  }
}
