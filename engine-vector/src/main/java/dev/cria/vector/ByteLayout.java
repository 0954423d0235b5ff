package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;

/**
 * Levels of a scaled encoding that need all eight bits, in panels of 64 rows, a byte each; with their scales.
 *
 * <p>A group is as many columns of 64 bytes as it has levels, then a column of 64 floats, the scales. All groups of a panel follow
 * each other. The last panel is padded with rows that mean nothing.
 */
final class ByteLayout implements PackedLayout {

  /** The layout. */
  static final ByteLayout BYTES = new ByteLayout();

  /** Bytes of one column of levels. */
  static final long COLUMN_BYTES = PanelLayout.ROWS;

  private ByteLayout() {}

  /**
   * Whether it is for an encoding: one whose levels are bytes, and need to be, where the JDK has vectors of as many bytes as there
   * are floats in one. Other levels are {@linkplain LevelLayout packed in ints}.
   */
  static boolean takes(Encoding encoding) {
    return VectorShapes.AS_MANY_BYTES && encoding instanceof ScaledEncoding scaled && !scaled.hasMinimum()
        && scaled.lowestLevel() >= Byte.MIN_VALUE && scaled.highestLevel() <= Byte.MAX_VALUE
        && LevelLayout.bits(scaled) == Byte.SIZE;
  }

  /** Bytes from one group to the next. */
  static long groupBytes(ScaledEncoding encoding) {
    return encoding.groupSize() * COLUMN_BYTES + PanelLayout.COLUMN_BYTES;
  }

  /** Bytes from one panel to the next. */
  static long panelBytes(ScaledEncoding encoding, int cols) {
    return cols / encoding.groupSize() * groupBytes(encoding);
  }

  /** Where the group that starts with column {@code col} lies in the panel of row {@code row}, in bytes. */
  static long start(ScaledEncoding encoding, int row, int cols, int col) {
    return row / PanelLayout.ROWS * panelBytes(encoding, cols) + col / encoding.groupSize() * groupBytes(encoding);
  }

  @Override public String name() {
    return "panels of bytes";
  }

  @Override public long byteSize(int rows, int cols, Encoding encoding) {
    if (!takes(encoding)) {
      throw new IllegalArgumentException(encoding.name() + " has no levels that are bytes");
    }
    return Math.multiplyExact((long) Math.ceilDiv(rows, PanelLayout.ROWS), panelBytes((ScaledEncoding) encoding, cols));
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    LevelPacking.prepare(worker, out, in);
  }

  @Override public int unit() {
    return PanelLayout.ROWS;
  }

  @Override public void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    ByteRow.multiply(a, first, second, b, third, fourth, x, sums, at);
  }

  @Override public void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    BytePacking.vectorUnpack(w, row, col, cols, out, start);
  }

  @Override public String toString() {
    return name();
  }
}
