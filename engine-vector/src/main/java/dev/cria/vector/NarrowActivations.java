package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.ScaledEncoding;

/**
 * What products of narrow levels with minimums need of a row of activations, made once for all rows of weights.
 *
 * <p>Codes become floats where they lie in their int, so that one which starts with bit b is 2ᵇ times what it stands for, and is
 * multiplied by 2⁻ᵇ times the activation: the same product, exactly. Only an activation next to the subnormal numbers cannot be divided
 * without loss; a row with one is multiplied by plain loops.
 */
final class NarrowActivations {

  /** The least that can be divided by 2^12, the most that there is, and be a normal number. */
  private static final float LEAST = 0x1p-114f;

  private static final int EXACT = Scratch.ACTIVATIONS;

  /** Where the activations start, each times 2⁻ᵇ; behind them lies the total of each group, negated. */
  static final int SCALED = EXACT + 1;

  private NarrowActivations() {}

  /** Floats of scratch that a row takes. */
  static int floats(KernelLimits limits) {
    int cols = Math.max(limits.width(), limits.heads() * limits.headDim());
    return 1 + cols + cols / LevelLayout.TOGETHER;
  }

  /** Makes them of a row for an encoding. */
  static void make(ScaledEncoding encoding, FloatMatrix x, float[] scratch) {
    int bits = LevelLayout.bits(encoding);
    boolean exact = scale(x.data(), x.offset(), x.cols(), bits, scratch);
    scratch[EXACT] = exact ? 1f : 0f;
    if (exact) {
      addUp(x.data(), x.offset(), x.cols(), encoding.groupSize(), scratch, SCALED + x.cols());
    }
  }

  /** Whether what was made last is exact. */
  static boolean areExact(float[] scratch) {
    return scratch[EXACT] == 1f;
  }

  /** Whether all could be scaled without loss. */
  private static boolean scale(float[] x, int xStart, int cols, int bits, float[] scratch) {
    float factor1 = 1f / (1 << bits);
    float factor2 = factor1 * factor1;
    float factor3 = factor1 * factor2;
    boolean exact = true;
    for (int k = 0; k < cols; k += LevelLayout.TOGETHER) {
      float x0 = x[xStart + k];
      float x1 = x[xStart + k + 1];
      float x2 = x[xStart + k + 2];
      float x3 = x[xStart + k + 3];
      exact = exact && isDivisible(x1) && isDivisible(x2) && isDivisible(x3);
      scratch[SCALED + k] = x0;
      scratch[SCALED + k + 1] = x1 * factor1;
      scratch[SCALED + k + 2] = x2 * factor2;
      scratch[SCALED + k + 3] = x3 * factor3;
    }
    return exact;
  }

  private static boolean isDivisible(float x) {
    return !(Math.abs(x) < LEAST) || x == 0f; // NaN is, too
  }

  private static void addUp(float[] x, int xStart, int cols, int groupSize, float[] scratch, int totals) {
    int to = totals;
    for (int k = xStart; k < xStart + cols; k += groupSize) {
      float total = 0f;
      for (int i = k; i < k + groupSize; i++) {
        total = x[i] + total;
      }
      scratch[to++] = -total;
    }
  }
}
