package dev.cria.training;

/**
 * Linear warm-up, then half a cosine down to the least.
 *
 * @param highest after the warm-up
 * @param lowest at the end
 * @param warmUp steps
 * @param steps in all
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017, SGDR, §3</a>
 */
record LearningRate(double highest, double lowest, int warmUp, int steps) {

  /** The rate of a step, from 1. */
  double at(int step) {
    if (step <= warmUp) {
      return highest * step / warmUp;
    }
    double done = (double) (step - warmUp) / Math.max(1, steps - warmUp);
    return lowest + (highest - lowest) * (1 + StrictMath.cos(Math.PI * done)) / 2;
  }
}
