package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Token embeddings. */
final class Embed {

  private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private Embed() {}

  /** {@code out[r] = table[tokens[r]]}; a unit is a row of {@code out}. */
  static void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
    int end = worker.shareEnd(out.rows(), 1);
    for (int r = worker.shareStart(out.rows(), 1); r < end; r++) {
      if (table.layout() instanceof PanelLayout) {
        unpack(out.data(), out.index(r), table.data(), PanelLayout.start(tokens[r], table.cols()), table.cols());
      } else {
        long start = tokens[r] * table.encoding().rowBytes(table.cols());
        table.encoding().decode(table.data(), start, out.data(), out.index(r), table.cols());
      }
    }
  }

  /** Reads one row of a panel: each element is in another column. */
  private static void unpack(float[] out, int to, MemorySegment panels, long start, int cols) {
    for (int k = 0; k < cols; k++) {
      out[to + k] = panels.get(FLOAT, start + k * PanelLayout.COLUMN_BYTES);
    }
  }
}
