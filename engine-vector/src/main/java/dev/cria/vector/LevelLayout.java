package dev.cria.vector;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;

/**
 * Levels of a scaled encoding in columns of 16 rows, several columns to an int; with their scales and minimums, in the order in
 * which a product reads them.
 *
 * <p>A level is stored as what it is above the lowest one, in as few bits as hold all; the lowest bits of an int are the first
 * column. {@linkplain #isNarrow Narrow} levels are made floats four at a time, and an int holds as many times four as fit.
 *
 * <p>A group is as many columns of ints as its levels need, then a column of its scales as floats, then, if it has one, a column of
 * its minimums. But narrow levels whose scales are products keep the factors: a block starts with a column of floats for the
 * scales, and maybe one for the minimums; the first group of every two is followed by a column of pairs of bytes for both, the
 * integer of the scale and above it that of the minimum, with {@link #ZERO} added, its own in the lower half of each int.
 *
 * <p>All groups of 16 rows follow each other, before those of the rows below. The last panel of 64 rows is padded with rows that mean
 * nothing.
 */
final class LevelLayout implements PackedLayout {

  private static final int MOST_BITS = 8;
  private static final int MOST_BITS_OF_NARROW = 4;
  private static final int ROWS = 16;

  /** Narrow levels that are made floats together. */
  static final int TOGETHER = 4;

  /** What a byte holds for the integer 0. */
  static final int ZERO = 128;

  /** Bytes from one column to the next. */
  static final long COLUMN_BYTES = (long) ROWS * Integer.BYTES;

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

  /** Whether levels have up to four bits, in groups of a multiple of four; the lowest is 0 if groups have a minimum. */
  static boolean isNarrow(ScaledEncoding encoding) {
    return bits(encoding) <= MOST_BITS_OF_NARROW && encoding.groupSize() % TOGETHER == 0
        && !(encoding.hasMinimum() && encoding.lowestLevel() != 0);
  }

  /** Whether scales are kept as the factors that they are products of. */
  static boolean keepsFactors(ScaledEncoding encoding) {
    return isNarrow(encoding) && encoding.scalesAreProducts();
  }

  /** Levels in an int. */
  static int perInt(ScaledEncoding encoding) {
    int bits = bits(encoding);
    return isNarrow(encoding) ? Integer.SIZE / (TOGETHER * bits) * TOGETHER : Integer.SIZE / bits;
  }

  /** Bytes that the levels of a group take. */
  static long levelBytes(ScaledEncoding encoding) {
    return Math.ceilDiv(encoding.groupSize(), perInt(encoding)) * COLUMN_BYTES;
  }

  /** Where row {@code row} has its first int, in bytes. */
  static long start(ScaledEncoding encoding, int row, int cols) {
    return row / ROWS * rowsBytes(encoding, cols) + (long) (row % ROWS) * Integer.BYTES;
  }

  private static long rowsBytes(ScaledEncoding encoding, int cols) {
    return cols / encoding.blockSize() * blockBytes(encoding);
  }

  private static long blockBytes(ScaledEncoding encoding) {
    int groups = encoding.blockSize() / encoding.groupSize();
    int factors = encoding.hasMinimum() ? 2 : 1;
    int columns = keepsFactors(encoding) ? factors + Math.ceilDiv(groups, 2) : factors * groups;
    return groups * levelBytes(encoding) + columns * COLUMN_BYTES;
  }

  /** Where row {@code row} has its part of the block of column {@code col}. */
  static long blockStart(ScaledEncoding encoding, int row, int cols, int col) {
    return start(encoding, row, cols) + col / encoding.blockSize() * blockBytes(encoding);
  }

  /** Where row {@code row} has the levels of the group that starts with column {@code col}. */
  static long levelsStart(ScaledEncoding encoding, int row, int cols, int col) {
    int group = col % encoding.blockSize() / encoding.groupSize();
    int factors = encoding.hasMinimum() ? 2 : 1;
    int columns = keepsFactors(encoding) ? factors + Math.ceilDiv(group, 2) : factors * group;
    return blockStart(encoding, row, cols, col) + group * levelBytes(encoding) + columns * COLUMN_BYTES;
  }

  /** Where row {@code row} has the scale of that group, or the bytes of it and of its neighbour if factors are kept. */
  static long scaleStart(ScaledEncoding encoding, int row, int cols, int col) {
    long levels = levelsStart(encoding, row, cols, col);
    return keepsFactors(encoding) && isSecond(encoding, col) ? levels - COLUMN_BYTES : levels + levelBytes(encoding);
  }

  /** Whether the group that starts with column {@code col} is the second of two. */
  static boolean isSecond(ScaledEncoding encoding, int col) {
    return col % encoding.blockSize() / encoding.groupSize() % 2 == 1;
  }

  @Override public String name() {
    return "panels of packed levels";
  }

  @Override public long byteSize(int rows, int cols, Encoding encoding) {
    if (!takes(encoding)) {
      throw new IllegalArgumentException(encoding.name() + " has no levels to pack");
    }
    int columns = Math.ceilDiv(rows, PanelLayout.ROWS) * (PanelLayout.ROWS / ROWS);
    return Math.multiplyExact((long) columns, rowsBytes((ScaledEncoding) encoding, cols));
  }

  @Override public void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    LevelPacking.prepare(worker, out, in);
  }

  @Override public int unit() {
    return VectorShapes.LANES;
  }

  @Override public void begin(WeightMatrix w, FloatMatrix x, float[] scratch) {
    LevelRow.begin((ScaledEncoding) w.encoding(), x, scratch);
  }

  @Override public void multiply(
      WeightMatrix a, int first, int second, WeightMatrix b, int third, int fourth, FloatMatrix x, float[] sums,
      int at) {
    LevelRow.multiply(a, first, second, b, third, fourth, x, sums, at);
  }

  @Override public void unpack(WeightMatrix w, int row, int col, int cols, MemorySegment out, long start) {
    LevelPacking.unpack(w, row, col, cols, false, out, start);
  }

  @Override public String toString() {
    return name();
  }
}
