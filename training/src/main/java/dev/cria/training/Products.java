package dev.cria.training;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.Worker;

/**
 * The three products of a linear layer {@code y = x · wᵀ}, with a barrier after each.
 *
 * @see <a href="https://www.nature.com/articles/323533a0">Rumelhart, Hinton and Williams 1986, Learning representations by
 *     back-propagating errors</a>
 */
final class Products {

  private static final GemmForm FORWARD = new GemmForm(false, true, false);
  private static final GemmForm FORWARD_ADDING = new GemmForm(false, true, true);
  private static final GemmForm TO_INPUT = new GemmForm(false, false, false);
  private static final GemmForm TO_WEIGHTS = new GemmForm(true, false, true);

  private final Kernel kernel;

  Products(Kernel kernel) {
    this.kernel = kernel;
  }

  /** {@code y = x · wᵀ}: x {@code (rows, cols)}, w {@code (outputs, cols)}, y {@code (rows, outputs)}. */
  void forward(Worker worker, FloatMatrix y, FloatMatrix x, FloatMatrix w) {
    kernel.gemm(worker, y, x, w, FORWARD);
    worker.barrier();
  }

  /** {@code y = y + x · wᵀ}. */
  void forwardAdding(Worker worker, FloatMatrix y, FloatMatrix x, FloatMatrix w) {
    kernel.gemm(worker, y, x, w, FORWARD_ADDING);
    worker.barrier();
  }

  /** From the gradient of the output to those of the input and the weights: {@code dx = dy · w}, {@code dw = dw + dyᵀ · x}. */
  void backward(Worker worker, FloatMatrix dx, FloatMatrix dw, FloatMatrix dy, FloatMatrix x, FloatMatrix w) {
    kernel.gemm(worker, dx, dy, w, TO_INPUT);
    kernel.gemm(worker, dw, dy, x, TO_WEIGHTS);
    worker.barrier();
  }
}
