package dev.cria.training;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code out = silu(gate) * up}, {@code silu(v) = v · σ(v)}, and back:
 * {@code dup = d · silu(gate)}, {@code dgate = d · up · σ (1 + gate (1 − σ))}.
 *
 * @see <a href="https://arxiv.org/abs/2002.05202">Shazeer 2020, GLU Variants Improve Transformer</a>
 */
final class Swiglu {

  private static final float[] NO_SHIFT = {0};

  private final Kernel kernel;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<FloatMatrix> exponentials = new ArrayList<>(); // by worker, (1, hiddenDim): exp(-gate)

  Swiglu(Kernel kernel, int hiddenDim, int workers, ScratchSize laneScratch, Arena arena) {
    this.kernel = kernel;
    for (int i = 0; i < workers; i++) {
      lanes.add(new Lane(laneScratch, arena));
      exponentials.add(FloatMatrix.allocate(1, hiddenDim));
    }
  }

  /**
   * Forward, with a barrier at the end.
   *
   * @param out {@code (rows, hiddenDim)}
   * @param gateUp {@code (rows, 2 * hiddenDim)}
   */
  void forward(Worker worker, FloatMatrix out, FloatMatrix gateUp) {
    int n = out.cols();
    int end = worker.shareEnd(out.rows(), 1);
    for (int row = worker.shareStart(out.rows(), 1); row < end; row++) {
      float[] e = exponentials(worker, gateUp, row);
      gate(out.data(), out.index(row), gateUp.data(), gateUp.index(row), gateUp.index(row) + n, e, n);
    }
    worker.barrier();
  }

  /**
   * Backward, with a barrier at the end: the gradients take the place of {@code gateUp}.
   *
   * @param gateUp {@code (rows, 2 * hiddenDim)}
   * @param dOut {@code (rows, hiddenDim)}
   */
  void backward(Worker worker, FloatMatrix gateUp, FloatMatrix dOut) {
    int n = dOut.cols();
    int end = worker.shareEnd(dOut.rows(), 1);
    for (int row = worker.shareStart(dOut.rows(), 1); row < end; row++) {
      float[] e = exponentials(worker, gateUp, row);
      back(gateUp.data(), gateUp.index(row), gateUp.index(row) + n, dOut.data(), dOut.index(row), e, n);
    }
    worker.barrier();
  }

  private float[] exponentials(Worker worker, FloatMatrix gateUp, int row) {
    FloatMatrix e = exponentials.get(worker.index());
    negate(gateUp.data(), gateUp.index(row), e.data(), e.cols());
    kernel.exp(lanes.get(worker.index()), e, NO_SHIFT);
    return e.data();
  }

  private static void negate(float[] in, int at, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = -in[at + i];
    }
  }

  private static void gate(float[] out, int at, float[] in, int gate, int up, float[] e, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] = in[gate + i] / (1 + e[i]) * in[up + i];
    }
  }

  private static void back(float[] values, int gate, int up, float[] d, int at, float[] e, int n) {
    for (int i = 0; i < n; i++) {
      float g = values[gate + i];
      float u = values[up + i];
      float sigmoid = 1 / (1 + e[i]);
      values[gate + i] = d[at + i] * u * sigmoid * (1 + g * (1 - sigmoid));
      values[up + i] = d[at + i] * g * sigmoid;
    }
  }
}
