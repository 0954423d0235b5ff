package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.ScaledEncoding;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** From rows, in any encoding, to columns of 64 floats. */
final class Packing {

  /*
   * Two rows at a time, since two neighbouring floats of a column are written as one long: stores are what limits it.
   */
  private static final ValueLayout.OfLong TWO_FLOATS = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** A float as panels hold it. */
  static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** An int of several levels. */
  static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /** A float of two bytes. */
  static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private Packing() {}

  /** Packs a whole F32 matrix; a unit is a panel. */
  static void prepare(Worker worker, WeightMatrix out, WeightMatrix in) {
    int panels = Math.ceilDiv(in.rows(), PanelLayout.ROWS);
    int end = worker.shareEnd(panels, 1);
    for (int panel = worker.shareStart(panels, 1); panel < end; panel++) {
      int row = panel * PanelLayout.ROWS;
      for (int k = 0; k < in.cols(); k += Encoding.MAX_BLOCK_SIZE) {
        int cols = Math.min(Encoding.MAX_BLOCK_SIZE, in.cols() - k);
        long start = PanelLayout.start(row, in.cols()) + k * PanelLayout.COLUMN_BYTES;
        pack(in, row, k, cols, false, worker.scratch(), out.data(), start);
      }
    }
  }

  /**
   * Packs up to 64 rows of whole blocks; if the encoding is scaled, the columns of levels are followed by those of the
   * scales and of the minimums, or of what these are products of.
   *
   * @param factors whether scales that are products are to come as their factors: integers of groups, then floats of blocks
   */
  static void pack(
      WeightMatrix w, int row, int col, int cols, boolean factors, float[] scratch, MemorySegment out, long start) {
    int rows = Math.min(PanelLayout.ROWS, w.rows() - row);
    int second = Scratch.DECODED + Scratch.DECODED_FLOATS;
    for (int r = 0; r < rows; r += 2) {
      int floats = decode(w, row + r, col, cols, factors, scratch, Scratch.DECODED);
      if (r + 1 < rows) {
        decode(w, row + r + 1, col, cols, factors, scratch, second);
      } else {
        Arrays.fill(scratch, second, second + floats, 0f);
      }
      plainInterleave(scratch, Scratch.DECODED, second, floats, out, start + (long) r * Float.BYTES);
    }
  }

  /** Decodes a part of a row, and gives the number of floats written. */
  private static int decode(
      WeightMatrix w, int row, int col, int cols, boolean factors, float[] out, int at) {
    Encoding encoding = w.encoding();
    long from = row * encoding.rowBytes(w.cols()) + encoding.rowBytes(col);
    if (encoding instanceof ScaledEncoding scaled) {
      scaled.decodeGroups(w.data(), from, out, at, cols);
      int perGroup = scaled.hasMinimum() ? 2 : 1;
      int floats = cols + perGroup * (cols / scaled.groupSize());
      if (factors && scaled.scalesAreProducts()) {
        scaled.decodeFactors(w.data(), from, out, at + cols, cols);
        floats += perGroup * (cols / scaled.blockSize());
      }
      return floats;
    }
    encoding.decode(w.data(), from, out, at, cols);
    return cols;
  }

  /** Writes element after element of two rows, side by side, to the top of column after column. */
  static void plainInterleave(float[] rows, int first, int second, int count, MemorySegment out, long start) {
    for (int k = 0; k < count; k++) {
      long low = Float.floatToRawIntBits(rows[first + k]) & 0xFFFF_FFFFL;
      long high = Float.floatToRawIntBits(rows[second + k]);
      out.set(TWO_FLOATS, start + k * PanelLayout.COLUMN_BYTES, low | high << 32);
    }
  }
}
