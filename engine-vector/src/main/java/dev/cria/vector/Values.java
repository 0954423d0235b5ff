package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The weighted sum of the values of one block of positions: a lane is an element of the head. */
final class Values {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
  private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private Values() {}

  /** Writes {@code Σ w[t] * v[t]} over positions {@code from .. to} of a block, t ascending. */
  static void sum(MemorySegment values, long start, int headDim, int from, int to, float[] scratch) {
    int i = 0;
    for (; i <= headDim - 4 * LANES; i += 4 * LANES) {
      four(values, start + (long) i * Float.BYTES, headDim, from, to, scratch, Scratch.BLOCK_SUM + i);
    }
    for (; i <= headDim - LANES; i += LANES) {
      one(values, start + (long) i * Float.BYTES, headDim, from, to, scratch, Scratch.BLOCK_SUM + i);
    }
    for (; i < headDim; i++) {
      element(values, start + (long) i * Float.BYTES, headDim, from, to, scratch, Scratch.BLOCK_SUM + i);
    }
  }

  private static void four(MemorySegment values, long start, int headDim, int from, int to, float[] scratch, int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (int t = from; t <= to; t++) {
      FloatVector weight = FloatVector.broadcast(F32, scratch[Scratch.WEIGHTS + t]);
      long value = start + (long) t * headDim * Float.BYTES;
      sum0 = FloatVector.fromMemorySegment(F32, values, value, LITTLE_ENDIAN).fma(weight, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, values, value + VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, values, value + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, values, value + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, sum3);
    }
    sum0.intoArray(scratch, at);
    sum1.intoArray(scratch, at + LANES);
    sum2.intoArray(scratch, at + 2 * LANES);
    sum3.intoArray(scratch, at + 3 * LANES);
  }

  private static void one(MemorySegment values, long start, int headDim, int from, int to, float[] scratch, int at) {
    FloatVector sum = FloatVector.zero(F32);
    for (int t = from; t <= to; t++) {
      FloatVector weight = FloatVector.broadcast(F32, scratch[Scratch.WEIGHTS + t]);
      long value = start + (long) t * headDim * Float.BYTES;
      sum = FloatVector.fromMemorySegment(F32, values, value, LITTLE_ENDIAN).fma(weight, sum);
    }
    sum.intoArray(scratch, at);
  }

  private static void element(MemorySegment values, long start, int headDim, int from, int to, float[] scratch,
      int at) {
    float sum = 0f;
    for (int t = from; t <= to; t++) {
      sum = Math.fma(scratch[Scratch.WEIGHTS + t], values.get(FLOAT, start + (long) t * headDim * Float.BYTES), sum);
    }
    scratch[at] = sum;
  }

  /** {@code out = out * f + sum * g}: adds a block to those before it. */
  static void combine(float[] out, int start, int headDim, float f, float[] scratch, float g) {
    int i = 0;
    for (; i <= headDim - LANES; i += LANES) {
      FloatVector block = FloatVector.fromArray(F32, scratch, Scratch.BLOCK_SUM + i).mul(g);
      FloatVector.fromArray(F32, out, start + i).fma(FloatVector.broadcast(F32, f), block).intoArray(out, start + i);
    }
    for (; i < headDim; i++) {
      out[start + i] = Math.fma(out[start + i], f, scratch[Scratch.BLOCK_SUM + i] * g);
    }
  }

  /** {@code out = out / total}. */
  static void divide(float[] out, int start, int headDim, float total) {
    int i = 0;
    for (; i <= headDim - LANES; i += LANES) {
      FloatVector.fromArray(F32, out, start + i).div(total).intoArray(out, start + i);
    }
    for (; i < headDim; i++) {
      out[start + i] = out[start + i] / total;
    }
  }
}
