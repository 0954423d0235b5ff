package dev.cria.conformance;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The numbers in which {@link Specification} computes: binary32, which gives the bits of {@code docs/NUMERICS.md}, or
 * binary64, which gives the value that those bits approximate. Both are carried as {@code double}.
 */
enum Arithmetic {
  /** Every operation is rounded to binary32, and exp is the polynomial. */
  FLOAT32 {
    @Override double add(double a, double b) {
      return (float) a + (float) b;
    }

    @Override double multiply(double a, double b) {
      return (float) a * (float) b;
    }

    @Override double divide(double a, double b) {
      return (float) a / (float) b;
    }

    @Override double fma(double a, double b, double c) {
      return Math.fma((float) a, (float) b, (float) c);
    }

    @Override double sqrt(double a) {
      return (float) Math.sqrt((float) a); // rounding the binary64 root again gives the binary32 root
    }

    @Override double exp(double a) {
      float x = (float) a;
      if (x < -87) {
        return 0;
      }
      if (x > 0x1.62e42ep6f) {
        return Float.POSITIVE_INFINITY;
      }
      if (Float.isNaN(x)) {
        return Float.NaN;
      }
      float t = Math.fma(x, 0x1.715476p0f, 0x1.8p23f);
      float n = t - 0x1.8p23f;
      float r = Math.fma(n, -0x1.62e430p-1f, x);
      r = Math.fma(n, 0x1.05c610p-29f, r);
      float p = 0x1.6a244cp-10f;
      p = Math.fma(p, r, 0x1.1239d4p-7f);
      p = Math.fma(p, r, 0x1.5558f2p-5f);
      p = Math.fma(p, r, 0x1.555492p-3f);
      p = Math.fma(p, r, 0x1.fffffcp-2f);
      p = Math.fma(p, r, 1);
      p = Math.fma(p, r, 1);
      return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(t) << 23));
    }

    @Override double step(float[] x, int from, int count) {
      float largest = 0;
      for (int k = from; k < from + count; k++) {
        largest = Math.max(largest, Math.abs(x[k]));
      }
      return largest / 127;
    }

    @Override double rounded(float x, double step) {
      if (step == 0 || Double.isNaN(x / step)) {
        return 0;
      }
      float steps = Math.clamp(x / (float) step, -127, 127);
      return BigDecimal.valueOf(steps).setScale(0, RoundingMode.HALF_UP).doubleValue(); // HALF_UP is away from zero
    }
  },

  /** Plain {@code double}; its own rounding is 2²⁹ times finer than the bounds it is used for. */
  FLOAT64 {
    @Override double add(double a, double b) {
      return a + b;
    }

    @Override double multiply(double a, double b) {
      return a * b;
    }

    @Override double divide(double a, double b) {
      return a / b;
    }

    @Override double fma(double a, double b, double c) {
      return a * b + c;
    }

    @Override double sqrt(double a) {
      return Math.sqrt(a);
    }

    @Override double exp(double a) {
      return Math.exp(a);
    }

    @Override double step(float[] x, int from, int count) {
      for (int k = from; k < from + count; k++) {
        if (!Float.isFinite(x[k])) {
          return Double.NaN; // a step of infinity times a level of zero
        }
      }
      return 1;
    }

    @Override double rounded(float x, double step) {
      return x;
    }
  };

  abstract double add(double a, double b);

  abstract double multiply(double a, double b);

  abstract double divide(double a, double b);

  /** {@code a · b + c}. */
  abstract double fma(double a, double b, double c);

  abstract double sqrt(double a);

  abstract double exp(double a);

  /** The step to whose multiples a group of activations is rounded. */
  abstract double step(float[] x, int from, int count);

  /** An activation as a multiple of the step. */
  abstract double rounded(float x, double step);
}
