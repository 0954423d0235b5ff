package dev.cria.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The definition of llama2.c's sampler in the plainest Java: every exp, a full sort. Where none passes: the most likely. */
final class PlainLlama2c {

  private final float temperature;
  private final float topP;

  PlainLlama2c(float temperature, float topP) {
    this.temperature = temperature;
    this.topP = topP;
  }

  int sample(float[] given, float coin) {
    float[] p = probabilities(given);
    return topP <= 0 || topP >= 1 ? first(p, indices(p.length), coin) : nucleus(p, coin);
  }

  private float[] probabilities(float[] given) {
    float[] p = given.clone();
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < p.length; i++) {
      p[i] /= temperature;
      greatest = Math.max(greatest, p[i]);
    }
    float sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) StrictMath.exp(p[i] - greatest);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private int nucleus(float[] p, float coin) {
    float cutoff = (1f - topP) / (p.length - 1);
    List<Integer> sorted = new ArrayList<>(indices(p.length));
    sorted.sort(Comparator.comparingDouble((Integer i) -> -p[i]).thenComparing(i -> i));
    int mostLikely = sorted.getFirst();
    sorted.removeIf(i -> p[i] < cutoff);
    if (sorted.isEmpty()) {
      return mostLikely;
    }
    float sum = 0;
    int kept = 0;
    while (kept < sorted.size() && !(sum > topP)) {
      sum += p[sorted.get(kept++)];
    }
    return first(p, sorted.subList(0, kept), coin * sum);
  }

  private static int first(float[] p, List<Integer> order, float target) {
    float sum = 0;
    for (int i : order) {
      sum += p[i];
      if (target < sum) {
        return i;
      }
    }
    return order.getLast();
  }

  private static List<Integer> indices(int count) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indices.add(i);
    }
    return indices;
  }
}
