package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The gates of feed-forward blocks: {@code v / (1 + e^−u)} with {@code u = v} or a cubic of it. */
final class Gates {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;

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
    for (int i = 0; i < count; i += LANES) {
      FloatVector.fromArray(F32, scratch, gateSums + i).neg().intoArray(scratch, Scratch.EXPONENTS + i);
    }
  }

  /** {@code −2 sqrt(2/π) (v + 0.044715 v³)}. */
  private static void negateCubic(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector v = FloatVector.fromArray(F32, scratch, gateSums + i);
      v.mul(v.mul(v).fma(0x1.2444f2p-4f, 0x1.988454p0f)).neg().intoArray(scratch, Scratch.EXPONENTS + i);
    }
  }

  private static void multiply(float[] scratch, int gateSums, int upSums, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector divisor = FloatVector.fromArray(F32, scratch, Scratch.EXPONENTS + i).add(1f);
      FloatVector.fromArray(F32, scratch, gateSums + i).div(divisor)
          .mul(FloatVector.fromArray(F32, scratch, upSums + i))
          .intoArray(scratch, gateSums + i);
    }
  }
}
