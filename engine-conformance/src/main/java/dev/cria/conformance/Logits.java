package dev.cria.conformance;

import dev.cria.api.sampling.Candidates;
import java.util.Arrays;
import java.util.Random;

/** Logits of every kind, of at least 13 tokens but where the point is that there are few. */
enum Logits {
  /** One token alone. */
  ONE(1.5f),
  /** Two tokens. */
  TWO(-1, 2),
  /** A few, of ordinary size. */
  FEW(random(17, 5)),
  /** A thousand. */
  MANY(random(1000, 12)),
  /** All equal. */
  EQUAL(new float[64]),
  /** Ties at the top. */
  TIES(3, 1, 3, 3, 0, -1, 1, 1, 3, 2, 2, -5, 3),
  /** One far above the rest. */
  DOMINANT(0, 1, 2, 10_000, 3, 2, 1, 0, -1, -2, -3, -4, -5),
  /** Some tokens are impossible. */
  SOME_IMPOSSIBLE(1, Float.NEGATIVE_INFINITY, 2, 0, Float.NEGATIVE_INFINITY, 1, 1, 1, 1, 2, 2, 3, 4),
  /** All very low. */
  LOW(-1e30f, -2e30f, -1e30f, -3e30f, -1e30f, -1e30f, -1e30f, -1e30f, -1e30f, -1e30f, -1e30f, -1e30f, -1e30f),
  /** Zeros of both signs, and the smallest numbers. */
  TINY(0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 0f, -0f, 0f, 0f, -0f, 0f, 0f, 0f, 1e-38f);

  private final float[] values;

  Logits(float... values) {
    this.values = values;
  }

  float[] array() {
    return values.clone();
  }

  /** All tokens, in order of id. */
  Candidates candidates() {
    Candidates candidates = new Candidates(values.length);
    candidates.reset(values, 0);
    return candidates;
  }

  /** Every other token, from the last to the first, as a step before may have left them. */
  Candidates shortened() {
    Candidates candidates = candidates();
    int kept = 0;
    for (int id = values.length - 1; id >= 0; id -= 2) {
      candidates.ids()[kept] = id;
      candidates.logits()[kept] = values[id];
      kept++;
    }
    Arrays.fill(candidates.ids(), kept, values.length, Integer.MIN_VALUE); // whoever reads these is wrong
    candidates.shorten(kept);
    return candidates;
  }

  private static float[] random(int count, float spread) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * spread;
    }
    return values;
  }
}
