package dev.cria.scalar;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;

/** The exponential and what is made from it: tanh and the gates. */
final class Exp {

  /*
   * exp(x) = 2^n · e^r with n = x / ln 2 rounded and |r| ≤ ln 2 / 2. Adding 1.5 · 2^23 rounds to an integer and leaves that
   * integer in the low bits, from where a shift puts it into the exponent. Coefficients: docs/NUMERICS.md.
   */
  private static final float LEAST = -87f;
  private static final float MOST = 0x1.62e42ep6f;
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float ROUND = 0x1.8p23f;
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;

  private Exp() {}

  /** {@code x[r][i] = e^(x[r][i] - shift[r])}; a unit is a row. */
  static void exp(Worker worker, FloatMatrix x, float[] shift) {
    int end = worker.shareEnd(x.rows(), 1);
    for (int r = worker.shareStart(x.rows(), 1); r < end; r++) {
      for (int i = x.index(r); i < x.index(r) + x.cols(); i++) {
        x.data()[i] = exp(x.data()[i] - shift[r]);
      }
    }
  }

  /** {@code e^x}; 0 below −87, infinity above 88.72283. */
  static float exp(float x) {
    if (x < LEAST) {
      return 0f;
    }
    if (x > MOST) {
      return Float.POSITIVE_INFINITY;
    }
    if (Float.isNaN(x)) {
      return x;
    }
    float t = Math.fma(x, LOG2_E, ROUND);
    float n = t - ROUND;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float p = 0x1.6a244cp-10f;
    p = Math.fma(p, r, 0x1.1239d4p-7f);
    p = Math.fma(p, r, 0x1.5558f2p-5f);
    p = Math.fma(p, r, 0x1.555492p-3f);
    p = Math.fma(p, r, 0x1.fffffcp-2f);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(t) << 23));
  }

  /** {@code 1 − 2 / (e^2y + 1)}. */
  static float tanh(float y) {
    return 1f - 2f / (exp(2f * y) + 1f);
  }

  /** {@code v / (1 + e^−v)}. */
  static float silu(float v) {
    return v / (1f + exp(-v));
  }

  /** {@code v / (1 + e^−u)}, {@code u = 2 sqrt(2/π) (v + 0.044715 v³)}. */
  static float gelu(float v) {
    float u = v * Math.fma(v * v, 0x1.2444f2p-4f, 0x1.988454p0f);
    return v / (1f + exp(-u));
  }
}
