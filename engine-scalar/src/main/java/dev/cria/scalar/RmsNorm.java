package dev.cria.scalar;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;

/** Root-mean-square normalisation. */
final class RmsNorm {

  private RmsNorm() {}

  /** {@code out[r][i] = gain[i] * (x[r][i] / sqrt(mean(x[r]²) + epsilon))}; a unit is a row. */
  static void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    int end = worker.shareEnd(x.rows(), 1);
    for (int r = worker.shareStart(x.rows(), 1); r < end; r++) {
      int from = x.index(r);
      int to = out.index(r);
      float scale = 1f / (float) Math.sqrt(meanSquare(x.data(), from, x.cols(), worker.scratch()) + epsilon);
      for (int i = 0; i < x.cols(); i++) {
        out.data()[to + i] = gain[i] * (scale * x.data()[from + i]);
      }
    }
  }

  private static float meanSquare(float[] x, int start, int count, float[] stripes) {
    Stripes.clear(stripes);
    for (int i = 0; i < count; i++) {
      int stripe = i % Stripes.COUNT;
      stripes[stripe] = Math.fma(x[start + i], x[start + i], stripes[stripe]);
    }
    return Stripes.fold(stripes) / count;
  }
}
