package com.example.precisenorm;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.Worker;

/** A kernel whose norms are computed in {@code double} and rounded once. */
final class PreciseNormKernel extends ForwardingKernel {

  PreciseNormKernel(Kernel base) {
    super(base);
  }

  /**
   * Every thread of the team calls this with the same arguments and normalises its share of the rows: a unit is one row, so
   * the result is the same for any number of threads.
   */
  @Override public void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    Shapes.checkRmsNorm(out, x, gain, epsilon); // the messages that all kernels have, before anything is written
    int end = worker.shareEnd(x.rows(), 1);
    for (int row = worker.shareStart(x.rows(), 1); row < end; row++) {
      normalise(out.data(), out.index(row), x.data(), x.index(row), gain, epsilon);
    }
  }

  /** {@code out[i] = x[i] / sqrt(mean(x²) + epsilon) * gain[i]}; {@code out} may be {@code x}. */
  private static void normalise(float[] out, int to, float[] x, int from, float[] gain, float epsilon) {
    double sum = 0;
    for (int i = 0; i < gain.length; i++) {
      sum += (double) x[from + i] * x[from + i];
    }
    double scale = 1 / Math.sqrt(sum / gain.length + epsilon);
    for (int i = 0; i < gain.length; i++) {
      out[to + i] = (float) (gain[i] * (x[from + i] * scale));
    }
  }
}
