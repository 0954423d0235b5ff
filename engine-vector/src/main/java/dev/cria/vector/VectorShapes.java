package dev.cria.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The width of all vectors: what the CPU prefers, or what the property {@value #BITS} forces. */
final class VectorShapes {

  /** The property that forces a width, for tests: every width gives the same bits, but one too wide is very slow. */
  static final String BITS = "cria.vector.bits";

  /** Vectors of float. */
  static final VectorSpecies<Float> F32 = VectorShape.forBitSize(bits()).withLanes(float.class);

  /** Floats in a vector, a power of two from 2 to 16. */
  static final int LANES = F32.length();

  private VectorShapes() {}

  /** The width that the CPU prefers; at most what this engine is written for. */
  static int preferredBits() {
    return Math.min(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 512);
  }

  private static int bits() {
    return Integer.getInteger(BITS, preferredBits());
  }
}
