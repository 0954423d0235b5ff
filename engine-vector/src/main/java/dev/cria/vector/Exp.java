package dev.cria.vector;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The exponential and what is made from it: tanh and the gates. */
final class Exp {

  /*
   * exp(x) = 2^n · e^r with n = x / ln 2 rounded and |r| ≤ ln 2 / 2. Adding 1.5 · 2^23 rounds to an integer and leaves that
   * integer in the low bits, from where a shift puts it into the exponent. Coefficients: docs/NUMERICS.md.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final float LEAST = -87f;
  private static final float MOST = 0x1.62e42ep6f;
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float ROUND = 0x1.8p23f;
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;
  private static final float C6 = 0x1.6a244cp-10f;
  private static final float C5 = 0x1.1239d4p-7f;
  private static final float C4 = 0x1.5558f2p-5f;
  private static final float C3 = 0x1.555492p-3f;
  private static final float C2 = 0x1.fffffcp-2f;

  private Exp() {}

  /** {@code e^x} in each lane; 0 below −87, infinity above 88.72283. */
  static FloatVector exp(FloatVector x) {
    FloatVector t = x.fma(LOG2_E, ROUND);
    FloatVector n = t.sub(ROUND);
    FloatVector r = n.fma(constant(-LN2_HIGH), x);
    r = n.fma(constant(-LN2_LOW), r);
    FloatVector p = r.fma(C6, C5);
    p = p.fma(r, constant(C4));
    p = p.fma(r, constant(C3));
    p = p.fma(r, constant(C2));
    p = p.fma(r, constant(1f));
    p = p.fma(r, constant(1f));
    FloatVector scaled = p.reinterpretAsInts().add(t.reinterpretAsInts().lanewise(LSHL, 23)).reinterpretAsFloats();
    return scaled.blend(0f, x.compare(LT, LEAST)).blend(Float.POSITIVE_INFINITY, x.compare(GT, MOST))
        .blend(x, x.test(IS_NAN));
  }

  /** {@code e^x}, the same operations on one number. */
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
    float p = Math.fma(r, C6, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(t) << 23));
  }

  /** {@code 1 − 2 / (e^2y + 1)}. */
  static FloatVector tanh(FloatVector y) {
    return constant(1f).sub(constant(2f).div(exp(y.mul(2f)).add(1f)));
  }

  /** {@code v / (1 + e^−v)}. */
  static FloatVector silu(FloatVector v) {
    return v.div(exp(v.neg()).add(1f));
  }

  /** {@code v / (1 + e^−u)}, {@code u = 2 sqrt(2/π) (v + 0.044715 v³)}. */
  static FloatVector gelu(FloatVector v) {
    FloatVector u = v.mul(v.mul(v).fma(0x1.2444f2p-4f, 0x1.988454p0f));
    return v.div(exp(u.neg()).add(1f));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(F32, value);
  }
}
