package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The general matrix product: columns of {@code op(b)} are packed in panels, and rows of {@code op(a)} are multiplied by them.
 *
 * @see <a href="https://doi.org/10.1145/1356052.1356053">Goto and van de Geijn 2008, Anatomy of High-Performance Matrix
 *     Multiplication</a>
 */
final class Gemm {

  /*
   * What is used most often stays nearest: a panel of b in the first cache, for all rows of a block; a block of a in the
   * second, for all panels; all panels that are packed at a time for all blocks of a worker. The chains of sums are kept in
   * out from one stretch of the inner size to the next.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final int PANEL = PanelLayout.ROWS;

  /** The rows of out that are never shared. */
  private static final int UNIT = 16;

  private Gemm() {}

  /** {@code out (+)= op(a) · op(b)}; a unit is 16 rows of some columns of {@code out}. */
  static void gemm(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form) {
    int panels = Math.ceilDiv(out.cols(), PANEL);
    int stripes = Math.ceilDiv(panels, Scratch.GEMM_PANELS);
    int cols = Math.ceilDiv(panels, stripes) * PANEL; // of each stripe
    int heights = Math.ceilDiv(out.rows(), UNIT);
    int end = worker.shareEnd(stripes * heights, 1);
    for (int unit = worker.shareStart(stripes * heights, 1), count; unit < end; unit += count) {
      int height = unit % heights;
      count = Math.min(heights - height, end - unit);
      int row = height * UNIT;
      int col = unit / heights * cols;
      block(worker, out, a, b, form, row, Math.min(count * UNIT, out.rows() - row), col,
          Math.min(cols, out.cols() - col));
    }
  }

  /** A part of out whose columns are packed together. */
  private static void block(Worker worker, FloatMatrix out, FloatMatrix a, FloatMatrix b, GemmForm form, int row,
      int rows, int col, int cols) {
    MemorySegment panels = worker.sharedScratch();
    long start = Scratch.piece(worker);
    int inner = form.transposeA() ? a.rows() : a.cols();
    int most = Math.ceilDiv(inner, Math.ceilDiv(inner, Scratch.GEMM_INNER)); // stretches of about the same length
    for (int k = 0; k < inner; k += most) {
      int count = Math.min(most, inner - k);
      if (form.transposeB()) {
        packRows(b, col, cols, k, count, panels, start);
      } else {
        packColumns(b, col, cols, k, count, panels, start);
      }
      boolean fresh = k == 0 && !form.accumulate();
      for (int r = 0; r < rows; r += Scratch.GEMM_ROWS) {
        int some = Math.min(Scratch.GEMM_ROWS, rows - r);
        if (form.transposeA()) {
          packTransposed(a, row + r, some, k, count, worker.scratch());
        }
        for (int c = 0; c < cols; c += PANEL) {
          int width = Math.min(PANEL, cols - c);
          int at = out.index(row + r) + col + c;
          if (fresh) {
            clear(out.data(), at, out.stride(), some, width);
          }
          if (form.transposeA()) {
            multiplyPacked(worker.scratch(), out.data(), at, out.stride(), some, width, panels, panel(start, c, count),
                count);
          } else {
            multiply(worker.scratch(), out.data(), at, out.stride(), some, width, a.data(), a.index(row + r) + k,
                a.stride(), 1, panels, panel(start, c, count), count);
          }
        }
      }
    }
  }

  /** Where the panel that starts with this column begins. */
  private static long panel(long start, int col, int count) {
    return start + (long) col * count * Float.BYTES;
  }

  private static void clear(float[] out, int at, int stride, int rows, int cols) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(out, at + r * stride, at + r * stride + cols, 0f);
    }
  }

  private static void multiplyPacked(float[] scratch, float[] out, int at, int stride, int rows, int cols,
      MemorySegment panels, long panel, int count) {
    for (int r = 0; r < rows; r += UNIT) {
      multiply(scratch, out, at + r * stride, stride, Math.min(UNIT, rows - r), cols, scratch,
          Scratch.PACKED + r / UNIT * apart(count), 1, UNIT, panels, panel, count);
    }
  }

  /** Adds the products of one panel; where few of its columns are in use, by half strips. */
  private static void multiply(float[] scratch, float[] out, int at, int stride, int rows, int cols, float[] a,
      int aStart, int aRow, int aStep, MemorySegment panels, long panel, int count) {
    for (int col = 0; col < cols; col += F32Panels.STRIP) {
      boolean whole = cols - col > HalfStrips.ROWS;
      int height = whole ? 4 : 8;
      int width = Math.min(F32Panels.STRIP, cols - col);
      boolean fits = width == (whole ? F32Panels.STRIP : HalfStrips.ROWS);
      long strip = panel + (long) col * Float.BYTES;
      for (int r = 0; r < rows; r += height) {
        int some = Math.min(height, rows - r);
        int x = aStart + r * aRow;
        int to = at + r * stride + col;
        if (fits && some == height) {
          add(whole, panels, strip, a, x, aRow, aStep, some, count, out, to, stride);
        } else { // an incomplete tile, where there is room for a whole one
          copyRows(out, to, stride, some, width, scratch, Scratch.EDGE, PANEL);
          add(whole, panels, strip, a, x, aRow, aStep, some, count, scratch, Scratch.EDGE, PANEL);
          copyRows(scratch, Scratch.EDGE, PANEL, some, width, out, to, stride);
        }
      }
    }
  }

  private static void add(boolean whole, MemorySegment panels, long strip, float[] a, int x, int aRow, int aStep,
      int rows, int count, float[] sums, int at, int sumRow) {
    if (whole) {
      F32Panels.fourRows(panels, strip, a, x, aRow, aStep, rows, count, sums, at, sumRow);
    } else {
      HalfStrips.vectorEightRows(panels, strip, a, x, aRow, aStep, rows, count, sums, at, sumRow);
    }
  }

  private static void copyRows(float[] from, int at, int stride, int rows, int cols, float[] to, int start,
      int toStride) {
    for (int r = 0; r < rows; r++) {
      copy(from, at + r * stride, cols, to, start + r * toStride);
    }
  }

  private static void copy(float[] from, int at, int count, float[] to, int start) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector.fromArray(F32, from, at + i).intoArray(to, start + i);
    }
    for (; i < count; i++) {
      to[start + i] = from[at + i];
    }
  }

  /** Packs columns {@code k .. k + count} of some rows of b, which become columns of panels. */
  private static void packRows(FloatMatrix b, int row, int rows, int k, int count, MemorySegment panels, long start) {
    for (int r = 0; r < rows; r += 2) {
      int first = b.index(row + r) + k;
      int second = b.index(row + Math.min(r + 1, rows - 1)) + k;
      long panel = panel(start, r - r % PANEL, count);
      Packing.plainInterleave(b.data(), first, second, count, panels, panel + (long) (r % PANEL) * Float.BYTES);
    }
  }

  /** Packs rows {@code k .. k + count} of some columns of b. */
  private static void packColumns(FloatMatrix b, int col, int cols, int k, int count, MemorySegment panels,
      long start) {
    for (int c = 0; c < cols; c += PANEL) {
      int width = Math.min(PANEL, cols - c);
      long panel = panel(start, c, count);
      for (int i = 0; i < count; i++) {
        copy(b.data(), b.index(k + i) + col + c, panels, panel + i * PanelLayout.COLUMN_BYTES, width);
      }
    }
  }

  private static void copy(float[] from, int at, MemorySegment to, long start, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector.fromArray(F32, from, at + i).intoMemorySegment(to, start + (long) i * Float.BYTES, LITTLE_ENDIAN);
    }
    for (; i < count; i++) {
      to.set(Packing.FLOAT, start + (long) i * Float.BYTES, from[at + i]);
    }
  }

  /**
   * Packs columns {@code col .. col + cols} of rows {@code k .. k + count}, 16 columns at a time: they are read many times,
   * and rows far apart would share few lines of the cache.
   */
  private static void packTransposed(FloatMatrix a, int col, int cols, int k, int count, float[] scratch) {
    for (int i = 0; i < count; i++) {
      copyApart(a.data(), a.index(k + i) + col, cols, scratch, Scratch.PACKED + i * UNIT, apart(count));
    }
  }

  /** From one pack of 16 columns to the next; one more than needed, so that they do not fall on the same cache lines. */
  private static int apart(int count) {
    return (count + 1) * UNIT;
  }

  /** Copies 16 floats at a time to places that lie apart. */
  private static void copyApart(float[] from, int at, int count, float[] to, int start, int step) {
    int i = 0;
    int place = start;
    for (; i <= count - UNIT; i += UNIT) {
      for (int j = 0; j < UNIT; j += LANES) {
        FloatVector.fromArray(F32, from, at + i + j).intoArray(to, place + j);
      }
      place += step;
    }
    for (int j = 0; i + j < count; j++) {
      to[place + j] = from[at + i + j];
    }
  }
}
