package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** Operands made from a fixed seed. */
final class Samples {

  private static final int CANARY = 0x7FC0BABE; // a NaN, so that reading one shows as well

  private final Random random;

  Samples(long seed) {
    this.random = new Random(seed);
  }

  float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }

  /** Values whose magnitudes spread over 2⁻¹² to 2¹². */
  float[] spread(int count) {
    float[] values = floats(count);
    for (int i = 0; i < count; i++) {
      values[i] = Math.scalb(values[i], random.nextInt(-12, 13));
    }
    return values;
  }

  /** A matrix with canaries before and behind, its rows side by side. */
  FloatMatrix matrix(int rows, int cols) {
    return view(floats(Math.multiplyExact(rows, cols)), rows, cols, cols);
  }

  /** A matrix with canaries before, behind and between its rows. */
  FloatMatrix strided(int rows, int cols) {
    return view(floats(Math.multiplyExact(rows, cols)), rows, cols, cols + 3);
  }

  /** The values, row after row, in a matrix with canaries. */
  static FloatMatrix view(float[] values, int rows, int cols, int stride) {
    int offset = 19;
    float[] data = new float[offset + rows * stride + 17];
    Arrays.fill(data, Float.intBitsToFloat(CANARY));
    for (int r = 0; r < rows; r++) {
      System.arraycopy(values, r * cols, data, offset + r * stride, cols);
    }
    return new FloatMatrix(data, offset, rows, cols, stride);
  }

  WeightMatrix weights(String name, int rows, int cols, Encoding encoding) {
    return weights(name, rows, cols, encoding, floats(Math.multiplyExact(rows, cols)));
  }

  /** A matrix as a file has it: read-only, and aligned to four bytes, not more. */
  static WeightMatrix weights(String name, int rows, int cols, Encoding encoding, float[] values) {
    long rowBytes = encoding.rowBytes(cols);
    MemorySegment data = Arena.ofAuto().allocate(rows * rowBytes + 4, 64).asSlice(4);
    for (int r = 0; r < rows; r++) {
      encoding.encode(values, r * cols, data, r * rowBytes, cols);
    }
    return WeightMatrix.rowMajor(name, rows, cols, encoding, data.asReadOnly());
  }

  int[] tokens(int count, int vocabSize) {
    return random.ints(count, 0, vocabSize).toArray();
  }

  static RopeTable ropeTable(RopeLayout layout, int headDim, int rotaryDim, int positions) {
    int pairs = rotaryDim / 2;
    float[] cos = new float[positions * pairs];
    float[] sin = new float[positions * pairs];
    for (int i = 0; i < cos.length; i++) {
      int position = i / pairs;
      double angle = position * StrictMath.pow(10_000, -2.0 * (i % pairs) / rotaryDim);
      cos[i] = (float) StrictMath.cos(angle);
      sin[i] = (float) StrictMath.sin(angle);
    }
    return new RopeTable(layout, headDim, rotaryDim, positions, cos, sin);
  }
}
