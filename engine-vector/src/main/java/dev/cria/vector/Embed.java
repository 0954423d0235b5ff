package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.WeightMatrix;
import dev.cria.api.kernel.Worker;

/** Token embeddings. */
final class Embed {

  private Embed() {}

  /** {@code out[r] = table[tokens[r]]}; a unit is a row of {@code out}. */
  static void embed(Worker worker, FloatMatrix out, WeightMatrix table, int[] tokens) {
    long rowBytes = table.encoding().rowBytes(table.cols());
    int end = worker.shareEnd(out.rows(), 1);
    for (int r = worker.shareStart(out.rows(), 1); r < end; r++) {
      table.encoding().decode(table.data(), tokens[r] * rowBytes, out.data(), out.index(r), table.cols());
    }
  }
}
