package dev.cria.inference;

import dev.cria.api.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;

/** Takes the first of the largest logits, and remembers what it was told. */
final class GreedySampler implements Sampler {

  final List<Integer> accepted = new ArrayList<>();

  @Override public int sample(float[] logits, int offset) {
    int best = offset;
    for (int i = offset; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best - offset;
  }

  @Override public void accept(int token) {
    accepted.add(token);
  }

  @Override public void reset() {
    accepted.clear();
  }

  @Override public Sampler copy() {
    GreedySampler copy = new GreedySampler();
    copy.accepted.addAll(accepted);
    return copy;
  }
}
