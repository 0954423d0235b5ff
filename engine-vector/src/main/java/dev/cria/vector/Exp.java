package dev.cria.vector;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The exponential. */
final class Exp {

  /*
   * exp(x) = 2^n · e^r with n = x / ln 2 rounded and |r| ≤ ln 2 / 2. Adding 1.5 · 2^23 rounds to an integer and leaves that
   * integer in the low bits, from where a shift puts it into the exponent. Coefficients: docs/NUMERICS.md.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
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

  private static final Trial TRIAL = new Trial();

  private Exp() {}

  /** {@code x[r][i] = e^(x[r][i] - shift[r])}; a unit is a row, whose last elements are done one by one. */
  static void exp(Worker worker, FloatMatrix x, float[] shift) {
    int whole = x.cols() - x.cols() % LANES;
    int end = worker.shareEnd(x.rows(), 1);
    for (int r = worker.shareStart(x.rows(), 1); r < end; r++) {
      int start = x.index(r);
      ofDifferences(x.data(), start, start + whole, shift[r]);
      for (int i = start + whole; i < start + x.cols(); i++) {
        x.data()[i] = exp(x.data()[i] - shift[r]);
      }
    }
  }

  /**
   * Replaces each of {@code values[from .. to)} by {@code e^(value − subtracted)}; 0 below −87, infinity above 88.72283.
   *
   * @param to elements after it may be replaced too, to the end of a vector
   */
  static void ofDifferences(float[] values, int from, int to, float subtracted) {
    long call = TRIAL.begin();
    if (VectorShapes.MASKS && Trial.takesVectors(call)) {
      vectorDifferences(values, from, to, subtracted);
    } else {
      plainDifferences(values, from, to, subtracted);
    }
    TRIAL.end(call, to - from);
  }

  private static void plainDifferences(float[] values, int from, int to, float subtracted) {
    for (int i = from; i < to; i++) {
      values[i] = exp(values[i] - subtracted);
    }
  }

  private static void vectorDifferences(float[] values, int from, int to, float subtracted) {
    for (int i = from; i < to; i += LANES) {
      FloatVector x = FloatVector.fromArray(F32, values, i).sub(subtracted);
      FloatVector t = x.fma(LOG2_E, ROUND);
      FloatVector n = t.sub(ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(F32, -LN2_HIGH), x);
      r = n.fma(FloatVector.broadcast(F32, -LN2_LOW), r);
      FloatVector p = r.fma(C6, C5);
      p = p.fma(r, FloatVector.broadcast(F32, C4));
      p = p.fma(r, FloatVector.broadcast(F32, C3));
      p = p.fma(r, FloatVector.broadcast(F32, C2));
      p = p.fma(r, FloatVector.broadcast(F32, 1f));
      p = p.fma(r, FloatVector.broadcast(F32, 1f));
      FloatVector power = p.reinterpretAsInts().add(t.reinterpretAsInts().lanewise(LSHL, 23)).reinterpretAsFloats();
      power.blend(0f, x.compare(LT, LEAST)).blend(Float.POSITIVE_INFINITY, x.compare(GT, MOST))
          .blend(x, x.test(IS_NAN)).intoArray(values, i);
    }
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
}
