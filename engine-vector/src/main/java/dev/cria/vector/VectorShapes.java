package dev.cria.vector;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The width of all vectors: what the CPU prefers, or what the property {@value #BITS} forces. */
final class VectorShapes {

  /** The property that forces a width, for tests: every width gives the same bits, but one too wide is very slow. */
  static final String BITS = "cria.vector.bits";

  /** Panels have 64 rows and loops take four vectors: wider vectors would not fit. */
  private static final int MOST_BITS = 512;
  private static final int NARROWEST_BYTES = 8;

  /** Vectors of float. */
  static final VectorSpecies<Float> F32 = VectorShape.forBitSize(bits()).withLanes(float.class);

  /** Vectors of int, as many as of float. */
  static final VectorSpecies<Integer> I32 = F32.withLanes(int.class);

  /** Vectors of short, twice as many as of float. */
  static final VectorSpecies<Short> I16 = F32.withLanes(short.class);

  /** Floats in a vector, a power of two from 2 to 16. */
  static final int LANES = F32.length();

  /** Vectors of byte, as many as of float, or more where there are none so narrow. */
  static final VectorSpecies<Byte> BYTES = VectorShape.forBitSize(Math.max(LANES, NARROWEST_BYTES) * Byte.SIZE)
      .withLanes(byte.class);

  /** Whether there are as many bytes in a vector of them as floats. */
  static final boolean AS_MANY_BYTES = BYTES.length() == LANES;

  /** Whether C2 has masks and shuffles for these vectors: for two lanes it has none, and would make objects of them. */
  static final boolean MASKS = LANES > 2;

  private VectorShapes() {}

  private static int bits() {
    int preferred = Math.min(VectorShape.preferredShape().vectorBitSize(), MOST_BITS);
    return Integer.getInteger(BITS, preferred);
  }
}
