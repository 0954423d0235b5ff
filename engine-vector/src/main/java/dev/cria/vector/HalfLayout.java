package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;

/**
 * Two-byte floats in columns of 16 rows, two columns to an int: the first in its lower half. All columns of 16 rows follow each
 * other, before those of the rows below. The last panel of 64 rows is padded with rows of zeros, and so is the last column.
 */
final class HalfLayout implements PackedLayout {

  /** Bytes of one column of ints. */
  static final long COLUMN_BYTES = 16L * Integer.BYTES;

  /** The layout. */
  static final HalfLayout HALVES = new HalfLayout();

  private static final String F16 = "f16";
  private static final String BF16 = "bf16";

  private HalfLayout() {}

  /** Whether it is for an encoding: binary16 or bfloat16. */
  static boolean takes(Encoding encoding) {
    return encoding.name().equals(F16) || encoding.name().equals(BF16);
  }

  /** Whether an encoding that it takes is bfloat16. */
  static boolean isBfloat(Encoding encoding) {
    return encoding.name().equals(BF16);
  }

  /** Where row {@code row} has its first int, in bytes. */
  static long start(int row, int cols) {
    return row / 16 * (Math.ceilDiv(cols, 2) * COLUMN_BYTES) + row % 16 * (long) Integer.BYTES;
  }

  @Override public String name() {
    return "panels of two-byte floats";
  }

  @Override public long byteSize(int rows, int cols, Encoding encoding) {
    long columns = Math.ceilDiv(rows, PanelLayout.ROWS) * (PanelLayout.ROWS / 16L);
    return Math.multiplyExact(columns, Math.ceilDiv(cols, 2) * COLUMN_BYTES);
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    HalfPacking.prepare(worker, out, in);
  }

  @Override public int unit() {
    return VectorShapes.LANES;
  }

  @Override public void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    HalfRow.multiply(a, first, second, b, third, fourth, x, sums, at);
  }

  @Override public void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    HalfPacking.unpack(w, row, col, cols, out, start);
  }

  @Override public String toString() {
    return name();
  }
}
