package dev.cria.encodings;

/** The largest and the smallest of a few numbers: what scales are made from. */
final class Extremes {

  private Extremes() {}

  /** The element of the largest magnitude, with its sign; the first of several; 0 of none. */
  static float signed(float[] x, int at, int count) {
    float largest = 0;
    for (int i = at; i < at + count; i++) {
      if (Math.abs(x[i]) > Math.abs(largest)) {
        largest = x[i];
      }
    }
    return largest;
  }

  /** The largest element. */
  static float max(float[] x, int at, int count) {
    float largest = x[at];
    for (int i = at + 1; i < at + count; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  /** The smallest element. */
  static float min(float[] x, int at, int count) {
    float smallest = x[at];
    for (int i = at + 1; i < at + count; i++) {
      smallest = Math.min(smallest, x[i]);
    }
    return smallest;
  }

  /** {@code 1 / x}, or 0 of 0. */
  static float inverse(float x) {
    return x == 0 ? 0 : 1 / x;
  }

  /** Rounds half away from zero, as C's {@code roundf}. */
  static int roundAway(float x) {
    return (int) (x + Math.copySign(0.5f, x));
  }

  /** Rounds half to even, into a range. */
  static int round(float x, int lowest, int highest) {
    return Math.clamp((long) Math.rint(x), lowest, highest);
  }
}
