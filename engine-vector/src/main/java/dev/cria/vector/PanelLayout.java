package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.WeightLayout;

/**
 * F32 weights in panels of 64 rows, column after column: element (row, k) is float {@code k * 64 + row % 64} of panel
 * {@code row / 64}. The last panel is padded with rows of zeros.
 */
final class PanelLayout implements WeightLayout {

  /** Rows of a panel. */
  static final int ROWS = 64;

  /** Bytes of one column of a panel; a constant, so that C2 can drop bounds checks. */
  static final long COLUMN_BYTES = (long) ROWS * Float.BYTES;

  /** The layout. */
  static final PanelLayout PANELS = new PanelLayout();

  private PanelLayout() {}

  @Override public String name() {
    return "panels of 64 rows";
  }

  @Override public long byteSize(int rows, int cols, Encoding encoding) {
    return Math.multiplyExact((long) Math.ceilDiv(rows, ROWS), panelBytes(cols));
  }

  /** Where row {@code row} has its first element, in bytes. */
  static long start(int row, int cols) {
    return row / ROWS * panelBytes(cols) + (long) (row % ROWS) * Float.BYTES;
  }

  private static long panelBytes(int cols) {
    return cols * COLUMN_BYTES;
  }

  @Override public String toString() {
    return name();
  }
}
