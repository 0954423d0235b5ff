package dev.cria.training;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;

/** Looking up embeddings, and back: what a row learns goes to its token. */
final class EmbeddingGradient {

  private static final int COLUMNS = 16; // a worker's share, at least

  private EmbeddingGradient() {}

  /** {@code out[r] = table[tokens[r]]}, with a barrier at the end. */
  static void forward(Worker worker, FloatMatrix out, FloatMatrix table, int[] tokens) {
    int end = worker.shareEnd(out.rows(), 1);
    for (int r = worker.shareStart(out.rows(), 1); r < end; r++) {
      System.arraycopy(table.data(), table.index(tokens[r]), out.data(), out.index(r), out.cols());
    }
    worker.barrier();
  }

  /** {@code dTable[tokens[r]] += d[r]}, rows ascending, with a barrier at the end. */
  static void backward(Worker worker, FloatMatrix dTable, FloatMatrix d, int[] tokens) {
    int from = worker.shareStart(d.cols(), COLUMNS);
    int count = worker.shareEnd(d.cols(), COLUMNS) - from;
    for (int r = 0; r < d.rows(); r++) {
      add(dTable.data(), dTable.index(tokens[r]) + from, d.data(), d.index(r) + from, count);
    }
    worker.barrier();
  }

  private static void add(float[] out, int at, float[] in, int from, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] += in[from + i];
    }
  }
}
