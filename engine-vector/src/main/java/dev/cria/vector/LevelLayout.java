package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightLayout;

/**
 * Levels of a scaled encoding in panels of 64 rows, several columns to an int; with their scales and minimums.
 *
 * <p>A level is stored as what it is above the lowest one, in as few bits as hold all; the lowest bits of an int are the first
 * column. A group is as many columns of ints as its levels need, a column of scales, and, if it has one, a column of minimums.
 * A column is 16 or 64 rows high, and all groups of its rows follow each other, before those of the rows below. The last
 * panel is padded with rows that mean nothing.
 */
final class LevelLayout implements WeightLayout {

  /*
   * Levels of up to four bits: one stream of memory is fetched ahead well enough. Wider ones need four to come near the speed of
   * memory, and four vectors of 16 rows below each other give them. Measurements: docs/decisions/0015.
   */
  private static final int MOST_BITS = 8;
  private static final int MOST_BITS_OF_HIGH_COLUMNS = 4;
  private static final int LOW = 16;

  /** The layout. */
  static final LevelLayout LEVELS = new LevelLayout();

  private LevelLayout() {}

  /** Whether an encoding's levels are of a range narrow enough. */
  static boolean takes(Encoding encoding) {
    return encoding instanceof ScaledEncoding scaled
        && (long) scaled.highestLevel() - scaled.lowestLevel() < 1 << MOST_BITS;
  }

  /** Bits of a level, at least 1. */
  static int bits(ScaledEncoding encoding) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(encoding.highestLevel() - encoding.lowestLevel()));
  }

  /** Columns of ints that the levels of a group take. */
  static int intColumns(ScaledEncoding encoding) {
    return Math.ceilDiv(encoding.groupSize(), Integer.SIZE / bits(encoding));
  }

  /** Bytes from one column to the next. */
  static long columnBytes(ScaledEncoding encoding) {
    return (long) columnRows(encoding) * Integer.BYTES;
  }

  /** Bytes from one group to the next. */
  static long groupBytes(ScaledEncoding encoding) {
    return (intColumns(encoding) + (encoding.hasMinimum() ? 2 : 1)) * columnBytes(encoding);
  }

  /** Where row {@code row} has its first int, in bytes. */
  static long start(ScaledEncoding encoding, int row, int cols) {
    int high = columnRows(encoding);
    long rowsBytes = cols / encoding.groupSize() * groupBytes(encoding);
    return row / high * rowsBytes + (long) (row % high) * Integer.BYTES;
  }

  private static int columnRows(ScaledEncoding encoding) {
    return bits(encoding) <= MOST_BITS_OF_HIGH_COLUMNS ? PanelLayout.ROWS : LOW;
  }

  @Override public String name() {
    return "panels of packed levels";
  }

  @Override public long byteSize(int rows, int cols, Encoding encoding) {
    if (!takes(encoding)) {
      throw new IllegalArgumentException(encoding.name() + " has no levels to pack");
    }
    ScaledEncoding scaled = (ScaledEncoding) encoding;
    long columns = Math.ceilDiv(rows, PanelLayout.ROWS) * (PanelLayout.COLUMN_BYTES / columnBytes(scaled));
    return Math.multiplyExact(columns, cols / scaled.groupSize() * groupBytes(scaled));
  }

  @Override public String toString() {
    return name();
  }
}
