package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Gate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The gates of feed-forward blocks: {@code v / (1 + e^−u)} with {@code u = v} or a cubic of it. */
final class Gates {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final Trial NEGATE = new Trial();
  private static final Trial MULTIPLY = new Trial();

  private Gates() {}

  /**
   * Writes {@code act(gateSum) * upSum} to outputs {@code row .. row + count} of row {@code r} of {@code out}.
   *
   * @param count at most 128; the sums, which are used up, go on to the end of a vector
   */
  static void finish(Gate gate, FloatMatrix out, int r, int row, int count, float[] scratch, int gateSums, int upSums) {
    long negation = NEGATE.begin();
    boolean vectors = Trial.takesVectors(negation);
    if (gate == Gate.SILU) {
      if (vectors) {
        vectorNegate(scratch, gateSums, count);
      } else {
        plainNegate(scratch, gateSums, count);
      }
    } else if (vectors) {
      vectorNegateCubic(scratch, gateSums, count);
    } else {
      plainNegateCubic(scratch, gateSums, count);
    }
    NEGATE.end(negation, count);
    Exp.ofDifferences(scratch, Scratch.EXPONENTS, Scratch.EXPONENTS + count, 0f);
    long product = MULTIPLY.begin();
    if (Trial.takesVectors(product)) {
      vectorMultiply(scratch, gateSums, upSums, count);
    } else {
      plainMultiply(scratch, gateSums, upSums, count);
    }
    MULTIPLY.end(product, count);
    System.arraycopy(scratch, gateSums, out.data(), out.index(r) + row, count);
  }

  private static void vectorNegate(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector.fromArray(F32, scratch, gateSums + i).neg().intoArray(scratch, Scratch.EXPONENTS + i);
    }
  }

  private static void plainNegate(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i++) {
      scratch[Scratch.EXPONENTS + i] = -scratch[gateSums + i];
    }
  }

  /** {@code −2 sqrt(2/π) (v + 0.044715 v³)}. */
  private static void vectorNegateCubic(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector v = FloatVector.fromArray(F32, scratch, gateSums + i);
      v.mul(v.mul(v).fma(0x1.2444f2p-4f, 0x1.988454p0f)).neg().intoArray(scratch, Scratch.EXPONENTS + i);
    }
  }

  private static void plainNegateCubic(float[] scratch, int gateSums, int count) {
    for (int i = 0; i < count; i++) {
      float v = scratch[gateSums + i];
      scratch[Scratch.EXPONENTS + i] = -(v * Math.fma(v * v, 0x1.2444f2p-4f, 0x1.988454p0f));
    }
  }

  private static void vectorMultiply(float[] scratch, int gateSums, int upSums, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector divisor = FloatVector.fromArray(F32, scratch, Scratch.EXPONENTS + i).add(1f);
      FloatVector.fromArray(F32, scratch, gateSums + i).div(divisor)
          .mul(FloatVector.fromArray(F32, scratch, upSums + i))
          .intoArray(scratch, gateSums + i);
    }
  }

  private static void plainMultiply(float[] scratch, int gateSums, int upSums, int count) {
    for (int i = 0; i < count; i++) {
      float gated = scratch[gateSums + i] / (scratch[Scratch.EXPONENTS + i] + 1f);
      scratch[gateSums + i] = gated * scratch[upSums + i];
    }
  }
}
