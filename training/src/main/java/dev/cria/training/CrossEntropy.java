package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.api.kernel.Worker;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Logits, and how surprised they are by the targets: {@code loss = −ln softmax(x · wᵀ)[target]}; back,
 * {@code dlogits = softmax − onehot(target)}.
 *
 * @see <a href="https://www.deeplearningbook.org/contents/mlp.html">Goodfellow, Bengio and Courville 2016, Deep Learning,
 *     §6.2.2.3</a>
 */
final class CrossEntropy {

  /* Logits of all rows would take more memory than everything else, so rows are taken in chunks, whose size the shape fixes. */
  private static final int FLOATS = 1 << 23;

  private final Kernel kernel;
  private final FloatMatrix logits; // (chunk, vocabSize)
  private final double[] losses; // (rows,)
  private final List<Lane> lanes = new ArrayList<>();
  private final List<float[]> shifts = new ArrayList<>(); // by worker, (1,)

  CrossEntropy(Kernel kernel, int rows, int vocabSize, int workers, ScratchSize laneScratch, Arena arena) {
    this.kernel = kernel;
    this.logits = FloatMatrix.allocate(chunk(rows, vocabSize), vocabSize);
    this.losses = new double[rows];
    for (int i = 0; i < workers; i++) {
      lanes.add(new Lane(laneScratch, arena));
      shifts.add(new float[1]);
    }
  }

  /** Bytes of the logits that are held at a time, of batches of that many rows. */
  static long bytes(ModelConfiguration model, int rows) {
    return (long) Float.BYTES * chunk(rows, model.vocabSize()) * model.vocabSize();
  }

  private static int chunk(int rows, int vocabSize) {
    return Math.clamp(FLOATS / vocabSize, 1, rows);
  }

  /** The loss of each row, in nats; 0 where there is no target. */
  double[] losses() {
    return losses;
  }

  /** The losses alone, with a barrier at the end: x {@code (rows, dim)}, w {@code (vocabSize, dim)}. */
  void forward(Worker worker, FloatMatrix x, FloatMatrix w, int[] targets) {
    for (int first = 0; first < x.rows(); first += logits.rows()) {
      FloatMatrix some = part(x, first);
      logits(worker, some, w, targets, first, 0);
    }
  }

  /**
   * Losses and gradients, with a barrier at the end.
   *
   * @param dx {@code (rows, dim)}: written
   * @param dw {@code (vocabSize, dim)}: added to
   * @param weight of the loss of one row in what is to become small
   */
  void backward(Worker worker, FloatMatrix dx, FloatMatrix dw, FloatMatrix x, FloatMatrix w, int[] targets,
      float weight) {
    for (int first = 0; first < x.rows(); first += logits.rows()) {
      FloatMatrix some = part(x, first);
      FloatMatrix d = logits.firstRows(some.rows());
      logits(worker, some, w, targets, first, weight);
      kernel.gemm(worker, part(dx, first), d, w, new GemmForm(false, false, false));
      kernel.gemm(worker, dw, d, some, new GemmForm(true, false, true));
      worker.barrier();
    }
  }

  private FloatMatrix part(FloatMatrix x, int first) {
    return new FloatMatrix(x.data(), x.index(first), Math.min(logits.rows(), x.rows() - first), x.cols(), x.stride());
  }

  /** Computes logits and losses, and puts the gradients in the place of the logits. */
  private void logits(Worker worker, FloatMatrix x, FloatMatrix w, int[] targets, int first, float weight) {
    FloatMatrix some = logits.firstRows(x.rows());
    kernel.gemm(worker, some, x, w, new GemmForm(false, true, false));
    worker.barrier();
    int end = worker.shareEnd(some.rows(), 1);
    for (int r = worker.shareStart(some.rows(), 1); r < end; r++) {
      row(worker, some, r, targets[first + r], first + r, weight);
    }
    worker.barrier();
  }

  private void row(Worker worker, FloatMatrix some, int r, int target, int row, float weight) {
    int at = some.index(r);
    if (target == TrainingBatch.NONE) {
      losses[row] = 0;
      Arrays.fill(some.data(), at, at + some.cols(), 0f);
      return;
    }
    float[] shift = shifts.get(worker.index());
    shift[0] = Sums.max(some.data(), at, some.cols());
    float above = some.data()[at + target] - shift[0];
    kernel.exp(lanes.get(worker.index()), new FloatMatrix(some.data(), at, 1, some.cols(), some.cols()), shift);
    float sum = Sums.of(some.data(), at, some.cols());
    losses[row] = StrictMath.log(sum) - above;
    multiply(some.data(), at, weight / sum, some.cols());
    some.data()[at + target] -= weight;
  }

  private static void multiply(float[] x, int at, float factor, int n) {
    for (int i = at; i < at + n; i++) {
      x[i] *= factor;
    }
  }
}
