package dev.cria.sampling;

import dev.cria.api.sampling.Candidates;
import java.util.Arrays;
import java.util.Random;

/** Logits to sample from. */
final class Given {

  private Given() {}

  static Candidates logits(float... logits) {
    Candidates candidates = new Candidates(logits.length);
    candidates.reset(logits, 0);
    return candidates;
  }

  /** Logits whose softmax at temperature 1 is this, up to rounding. */
  static float[] logarithms(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    return logits;
  }

  /** Normally distributed logits; the greater the deviation, the more peaked the distribution. */
  static float[] random(Random random, int count, double deviation) {
    float[] logits = new float[count];
    for (int i = 0; i < count; i++) {
      logits[i] = (float) (random.nextGaussian() * deviation);
    }
    return logits;
  }

  static int[] ids(Candidates candidates) {
    return Arrays.copyOf(candidates.ids(), candidates.size());
  }
}
