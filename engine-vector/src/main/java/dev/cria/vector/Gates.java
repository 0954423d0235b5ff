package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;

/** The gates of feed-forward blocks: {@code v / (1 + e^−u)} with {@code u = v} or a cubic of it. */
final class Gates {

  private Gates() {}

  /**
   * Writes {@code act(gateSum) * upSum} to outputs {@code row .. row + count} of row {@code r} of {@code out}.
   *
   * @param count at most 128; the sums, which are used up, go on to the end of a vector
   */
  static void finish(Gate gate, FloatMatrix out, int r, int row, int count, float[] scratch, int gateSums, int upSums) {
    if (gate == Gate.SILU) {
      negate(scratch, gateSums, count);
    } else {
      negateCubic(scratch, gateSums, count);
    }
    Exp.ofDifferences(scratch, Scratch.EXPONENTS, Scratch.EXPONENTS + count, 0f);
    multiply(scratch, gateSums, upSums, count);
    System.arraycopy(scratch, gateSums, out.data(), out.index(r) + row, count);
  }

  private static void negate(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i++) {
      scratch[Scratch.EXPONENTS + i] = -scratch[gateSums + i];
    }
  }

  /** {@code −2 sqrt(2/π) (v + 0.044715 v³)}. */
  private static void negateCubic(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i++) {
      float v = scratch[gateSums + i];
      scratch[Scratch.EXPONENTS + i] = -(v * Math.fma(v * v, 0x1.2444f2p-4f, 0x1.988454p0f));
    }
  }

  private static void multiply(float[] scratch, int gateSums, int upSums, int count) {
    for (int i = 0; i < count; i++) {
      float gated = scratch[gateSums + i] / (scratch[Scratch.EXPONENTS + i] + 1f);
      scratch[gateSums + i] = gated * scratch[upSums + i];
    }
  }
}
