package dev.cria.scalar;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Worker;

/** Rotary position embedding. */
final class Rope {

  private Rope() {}

  /** Rotates each pair of each head by the angle of the row's position; a unit is a head of a row. */
  static void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
    int heads = x.cols() / table.headDim();
    int end = worker.shareEnd(x.rows() * heads, 1);
    for (int unit = worker.shareStart(x.rows() * heads, 1); unit < end; unit++) {
      int row = unit / heads;
      int start = x.index(row) + (unit % heads) * table.headDim();
      rotate(x.data(), start, table, placement.position(row));
    }
  }

  private static void rotate(float[] x, int start, RopeTable table, int position) {
    int pairs = table.rotaryDim() / 2;
    boolean interleaved = table.layout() == RopeLayout.INTERLEAVED;
    for (int pair = 0; pair < pairs; pair++) {
      int first = start + (interleaved ? 2 * pair : pair);
      int second = interleaved ? first + 1 : first + pairs;
      float cos = table.cos()[position * pairs + pair];
      float sin = table.sin()[position * pairs + pair];
      float a = x[first];
      float b = x[second];
      x[first] = Math.fma(a, cos, -(b * sin));
      x[second] = Math.fma(a, sin, b * cos);
    }
  }
}
