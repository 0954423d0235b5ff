package dev.cria.training;

/** Sums over a row, each in one order: eight stripes, folded by a tree. */
final class Sums {

  private Sums() {}

  /** {@code Σ x[i]} of {@code count} elements. */
  static float of(float[] x, int at, int count) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int end = at + count;
    int i = at;
    for (; i <= end - 8; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** {@code Σ x[i] y[i]} of {@code count} elements. */
  static float ofProducts(float[] x, int at, float[] y, int yAt, int count) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int i = 0;
    for (; i <= count - 8; i += 8) {
      s0 += x[at + i] * y[yAt + i];
      s1 += x[at + i + 1] * y[yAt + i + 1];
      s2 += x[at + i + 2] * y[yAt + i + 2];
      s3 += x[at + i + 3] * y[yAt + i + 3];
      s4 += x[at + i + 4] * y[yAt + i + 4];
      s5 += x[at + i + 5] * y[yAt + i + 5];
      s6 += x[at + i + 6] * y[yAt + i + 6];
      s7 += x[at + i + 7] * y[yAt + i + 7];
    }
    for (; i < count; i++) {
      s0 += x[at + i] * y[yAt + i];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** The largest of {@code count} elements; NaN if there is one. */
  static float max(float[] x, int at, int count) {
    float max = x[at];
    for (int i = at + 1; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }
}
