package dev.cria.training;

import dev.cria.api.checkpoint.TensorNames;
import java.util.SplittableRandom;

/**
 * Weights to begin with: normal with deviation 0.02; projections into the residual stream with {@code 0.02 / √(2 layers)}, so
 * that it does not grow with depth; gains of 1.
 *
 * @see <a href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Radford
 *     et al. 2019, GPT-2, §2.3</a>
 */
final class Initialisation {

  private static final double DEVIATION = 0.02;

  private Initialisation() {}

  /** Sets all weights; the same seed gives the same. */
  static void initialise(Parameters weights, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int layers = weights.layout().model().layers();
    for (ParameterLayout.Tensor tensor : weights.layout().tensors()) {
      double deviation = intoResidual(tensor.name(), layers) ? DEVIATION / Math.sqrt(2.0 * layers) : DEVIATION;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        weights.data()[i] = tensor.isMatrix() ? (float) (deviation * normal(random)) : 1;
      }
    }
  }

  private static boolean intoResidual(String name, int layers) {
    for (int layer = 0; layer < layers; layer++) {
      if (name.equals(TensorNames.oProj(layer)) || name.equals(TensorNames.downProj(layer))) {
        return true;
      }
    }
    return false;
  }

  /** Box and Muller's method, in StrictMath: the same on every machine. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
