package dev.cria.benchmarks;

import dev.cria.api.kernel.FloatMatrix;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Operands of ordinary size: uniform in [-1, 1), the same in every run. */
final class Memory {

  /** What a kernel may expect of native memory, in bytes. */
  static final long ALIGNMENT = 64;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2026);

  /** Random floats. */
  float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextFloat(-1, 1);
    }
    return floats;
  }

  /** A random matrix, its rows side by side. */
  FloatMatrix matrix(int rows, int cols) {
    return new FloatMatrix(floats(Math.multiplyExact(rows, cols)), 0, rows, cols, cols);
  }
}
