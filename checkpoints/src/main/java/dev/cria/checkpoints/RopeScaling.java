package dev.cria.checkpoints;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How Llama 3.1 and 3.2 stretch the rotary frequencies to a longer context: the slow ones are divided, the fast ones left alone,
 * those in between mixed.
 *
 * @param factor by which the slow ones are divided
 * @param low turns within the original context, up to which a frequency is slow
 * @param high turns within the original context, from which on a frequency is fast
 * @param originalContext positions that the model was first trained on
 * @see <a href="https://arxiv.org/abs/2407.21783">Dubey et al. 2024, The Llama 3 Herd of Models, §3.4.2</a>
 */
record RopeScaling(double factor, double low, double high, double originalContext) {

  RopeScaling {
    if (!(factor >= 1 && low > 0 && high > low && originalContext >= 1 && factor < 1e9 && originalContext < 1e9)) {
      throw new IllegalArgumentException("the rope scaling has factor " + factor + ", low_freq_factor " + low
          + ", high_freq_factor " + high + ", original context " + originalContext + ", which makes no sense");
    }
  }

  /** All frequencies divided by the same. */
  static List<Double> linear(double factor, int rotaryDim) {
    return Collections.nCopies(rotaryDim / 2, factor);
  }

  /** The divisor of each frequency. */
  List<Double> divisors(double theta, int rotaryDim) {
    List<Double> divisors = new ArrayList<>();
    for (int pair = 0; pair < rotaryDim / 2; pair++) {
      double frequency = StrictMath.pow(theta, -2.0 * pair / rotaryDim);
      double turns = originalContext * frequency / (2 * Math.PI);
      double share = Math.clamp((turns - low) / (high - low), 0.0, 1.0); // how much of the frequency is left as it is
      divisors.add(1 / ((1 - share) / factor + share));
    }
    return divisors;
  }
}
