package dev.cria.vector;

import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.WeightMatrix;

/**
 * Products of packed matrices that are not F32 with one row of activations, four units of rows at a time.
 *
 * <p>The four lie a quarter of all rows apart, so that four streams of memory are read, each from its start to its end without a
 * jump: what fetches memory ahead then keeps up. Measurements: docs/decisions/0015.
 */
final class PackedRow {

  private static final int STREAMS = 4;

  private PackedRow() {}

  /** Outputs {@code from .. to} of one matrix. */
  static void product(
      float[] sums, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x, int from, int to) {
    PackedLayout layout = (PackedLayout) w.layout();
    layout.begin(w, x, sums);
    int unit = layout.unit();
    int start = Math.min(Math.ceilDiv(from, unit) * unit, to);
    if (from < start) {
      productOfFew(sums, out, epilogue, matrix, w, x, from, start);
    }
    int quarter = (to - start) / (STREAMS * unit) * unit;
    for (int row = start; row < start + quarter; row += unit) {
      layout.multiply(w, row, row + quarter, w, row + 2 * quarter, row + 3 * quarter, x, sums, Scratch.SUMS);
      for (int i = 0; i < STREAMS; i++) {
        Epilogues.finish(epilogue, matrix, out, 0, row + i * quarter, unit, sums, Scratch.SUMS + i * unit);
      }
    }
    start += STREAMS * quarter;
    if (start < to) {
      productOfFew(sums, out, epilogue, matrix, w, x, start, to);
    }
  }

  /** The same of rows that lie in less than five units; where there are fewer, the last is multiplied again. */
  private static void productOfFew(
      float[] sums, FloatMatrix out, Epilogue epilogue, int matrix, WeightMatrix w, FloatMatrix x, int from, int to) {
    PackedLayout layout = (PackedLayout) w.layout();
    int unit = layout.unit();
    int row = from / unit * unit;
    int last = (to - 1) / unit * unit;
    layout.multiply(w, row, Math.min(row + unit, last), w, Math.min(row + 2 * unit, last),
        Math.min(row + 3 * unit, last), x, sums, Scratch.SUMS);
    Epilogues.finish(epilogue, matrix, out, 0, from, to - from, sums, Scratch.SUMS + from - row);
  }

  /** Outputs {@code from .. to} of a gated product of two matrices in one layout: two streams of each. */
  static void gated(
      float[] sums, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    PackedLayout layout = (PackedLayout) w.layout();
    layout.begin(w, x, sums);
    int unit = layout.unit();
    int start = Math.min(Math.ceilDiv(from, unit) * unit, to);
    if (from < start) {
      gatedOfFew(sums, out, gate, w, up, x, from, start);
    }
    int half = (to - start) / (2 * unit) * unit;
    int upSums = Scratch.SUMS + 2 * unit;
    for (int row = start; row < start + half; row += unit) {
      multiplyBoth(w, up, row, row + half, x, sums);
      Gates.finish(gate, out, 0, row, unit, sums, Scratch.SUMS, upSums);
      Gates.finish(gate, out, 0, row + half, unit, sums, Scratch.SUMS + unit, upSums + unit);
    }
    start += 2 * half;
    if (start < to) {
      gatedOfFew(sums, out, gate, w, up, x, start, to);
    }
  }

  /** The same of rows that lie in less than three units. */
  private static void gatedOfFew(
      float[] sums, FloatMatrix out, Gate gate, WeightMatrix w, WeightMatrix up, FloatMatrix x, int from, int to) {
    int unit = ((PackedLayout) w.layout()).unit();
    int row = from / unit * unit;
    multiplyBoth(w, up, row, (to - 1) / unit * unit, x, sums);
    Gates.finish(gate, out, 0, from, to - from, sums, Scratch.SUMS + from - row, Scratch.SUMS + 2 * unit + from - row);
  }

  /** Two units of each matrix: {@code 2 * unit()} sums of {@code w}, then as many of {@code up}. */
  private static void multiplyBoth(
      WeightMatrix w, WeightMatrix up, int first, int second, FloatMatrix x, float[] sums) {
    PackedLayout layout = (PackedLayout) w.layout();
    if (w.encoding().name().equals(up.encoding().name())) {
      layout.multiply(w, first, second, up, first, second, x, sums, Scratch.SUMS);
    } else { // rare: each is multiplied twice
      layout.begin(w, x, sums);
      layout.multiply(w, first, second, w, first, second, x, sums, Scratch.SUMS);
      layout.begin(up, x, sums);
      layout.multiply(up, first, second, up, first, second, x, sums, Scratch.SUMS + 2 * layout.unit());
    }
  }
}
