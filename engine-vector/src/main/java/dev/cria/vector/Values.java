package dev.cria.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.kernel.KvView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The weighted sum of the values of one block of positions: a lane is an element of the head. */
final class Values {

  /*
   * Four sums at a time hide the latency of FMA. Where fewer are left, the last is computed again in place of those missing.
   * The loop walks a long, which C2 does not unroll: see F32Panels.
   */
  private static final int BLOCK = KvView.POSITIONS_MULTIPLE;
  private static final int CHAINS = 4;
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final long FLOAT_BYTES = Float.BYTES;
  private static final long VECTOR_BYTES = LANES * FLOAT_BYTES;
  private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private static final Trial SUM = new Trial();
  private static final Trial SUM_OF_FOUR = new Trial();
  private static final Trial COMBINE = new Trial();

  private Values() {}

  /** Writes {@code Σ w[t] * v[t]} over positions {@code from .. to} of a block, t ascending. */
  static void sum(
      MemorySegment values, long start, int headDim, int from, int to, float[] scratch, int weights, int at) {
    long call = SUM.begin();
    if (Trial.takesVectors(call)) {
      vectorSum(values, start, headDim, from, to, scratch, weights, at);
    } else {
      plainSum(values, start, headDim, from, to, scratch, weights, at);
    }
    SUM.end(call, (long) (to - from + 1) * headDim);
  }

  private static void plainSum(
      MemorySegment values, long start, int headDim, int from, int to, float[] scratch, int weights, int at) {
    Arrays.fill(scratch, at, at + headDim, 0f);
    for (int t = from; t <= to; t++) {
      plainValue(values, start + (long) t * headDim * FLOAT_BYTES, headDim, scratch[weights + t], scratch, at);
    }
  }

  private static void plainValue(
      MemorySegment values, long start, int headDim, float weight, float[] sums, int at) {
    for (int i = 0; i < headDim; i++) {
      sums[at + i] = Math.fma(weight, values.get(FLOAT, start + i * FLOAT_BYTES), sums[at + i]);
    }
  }

  private static void vectorSum(
      MemorySegment values, long start, int headDim, int from, int to, float[] scratch, int weights, int at) {
    int vectors = headDim / LANES;
    for (int v = 0; v < vectors; v += CHAINS) {
      vectorChains(values, start + v * VECTOR_BYTES, Math.min(CHAINS, vectors - v), headDim, from, to, scratch, weights,
          at + v * LANES);
    }
    for (int i = vectors * LANES; i < headDim; i += CHAINS) {
      elements(values, start + i * FLOAT_BYTES, Math.min(CHAINS, headDim - i), headDim, from, to, scratch, weights,
          at + i);
    }
  }

  private static void vectorChains(
      MemorySegment values, long start, int count, int headDim, int from, int to, float[] scratch, int weights,
      int at) {
    int second = Math.min(1, count - 1);
    int third = Math.min(2, count - 1);
    int fourth = Math.min(3, count - 1);
    long rowBytes = headDim * FLOAT_BYTES;
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    int t = weights + from;
    long end = start + (to + 1) * rowBytes;
    for (long value = start + from * rowBytes; value < end; value += rowBytes) {
      FloatVector weight = FloatVector.broadcast(F32, scratch[t++]);
      sum0 = FloatVector.fromMemorySegment(F32, values, value, LITTLE_ENDIAN).fma(weight, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, values, value + second * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, values, value + third * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, values, value + fourth * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, sum3);
    }
    sum0.intoArray(scratch, at);
    sum1.intoArray(scratch, at + second * LANES);
    sum2.intoArray(scratch, at + third * LANES);
    sum3.intoArray(scratch, at + fourth * LANES);
  }

  /**
   * Writes {@code Σ w[t] * v[t]} over all positions of each of four blocks, t ascending, where the weights of the blocks and their sums
   * are those of four units together.
   *
   * @param start of the values of the head in a block
   */
  static void sumOfFour(KvView cache, int block, long start, int headDim, float[] scratch) {
    MemorySegment a = cache.block(block);
    MemorySegment b = cache.block(block + 1);
    MemorySegment c = cache.block(block + 2);
    MemorySegment d = cache.block(block + 3);
    long call = SUM_OF_FOUR.begin();
    if (Trial.takesVectors(call)) {
      int whole = headDim / LANES;
      for (int v = 0; v < whole; v += CHAINS) {
        vectorFourBlocks(a, b, c, d, start + v * VECTOR_BYTES, Math.min(CHAINS, whole - v), headDim, scratch,
            v * LANES);
      }
      int rest = whole * LANES;
      if (rest < headDim) {
        restOf(a, start, headDim, rest, scratch, 0);
        restOf(b, start, headDim, rest, scratch, 1);
        restOf(c, start, headDim, rest, scratch, 2);
        restOf(d, start, headDim, rest, scratch, 3);
      }
    } else {
      plainSum(a, start, headDim, 0, BLOCK - 1, scratch, Scratch.weights(0), Scratch.sum(headDim, 0));
      plainSum(b, start, headDim, 0, BLOCK - 1, scratch, Scratch.weights(1), Scratch.sum(headDim, 1));
      plainSum(c, start, headDim, 0, BLOCK - 1, scratch, Scratch.weights(2), Scratch.sum(headDim, 2));
      plainSum(d, start, headDim, 0, BLOCK - 1, scratch, Scratch.weights(3), Scratch.sum(headDim, 3));
    }
    SUM_OF_FOUR.end(call, headDim);
  }

  /** What no vector holds. */
  private static void restOf(MemorySegment values, long start, int headDim, int from, float[] scratch, int which) {
    for (int i = from; i < headDim; i += CHAINS) {
      elements(values, start + i * FLOAT_BYTES, Math.min(CHAINS, headDim - i), headDim, 0, BLOCK - 1, scratch,
          Scratch.weights(which), Scratch.sum(headDim, which) + i);
    }
  }

  private static void vectorFourBlocks(
      MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d, long start, int count, int headDim,
      float[] scratch, int element) {
    int second = Math.min(1, count - 1);
    int third = Math.min(2, count - 1);
    int fourth = Math.min(3, count - 1);
    long rowBytes = headDim * FLOAT_BYTES;
    FloatVector a0 = FloatVector.zero(F32), a1 = a0, a2 = a0, a3 = a0;
    FloatVector b0 = FloatVector.zero(F32), b1 = b0, b2 = b0, b3 = b0;
    FloatVector c0 = FloatVector.zero(F32), c1 = c0, c2 = c0, c3 = c0;
    FloatVector d0 = FloatVector.zero(F32), d1 = d0, d2 = d0, d3 = d0;
    int t = Scratch.weights(0);
    long end = start + BLOCK * rowBytes;
    for (long value = start; value < end; value += rowBytes) {
      FloatVector weight = FloatVector.broadcast(F32, scratch[t]);
      a0 = FloatVector.fromMemorySegment(F32, a, value, LITTLE_ENDIAN).fma(weight, a0);
      a1 = FloatVector.fromMemorySegment(F32, a, value + second * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, a1);
      a2 = FloatVector.fromMemorySegment(F32, a, value + third * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, a2);
      a3 = FloatVector.fromMemorySegment(F32, a, value + fourth * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, a3);
      weight = FloatVector.broadcast(F32, scratch[t + BLOCK]);
      b0 = FloatVector.fromMemorySegment(F32, b, value, LITTLE_ENDIAN).fma(weight, b0);
      b1 = FloatVector.fromMemorySegment(F32, b, value + second * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, b1);
      b2 = FloatVector.fromMemorySegment(F32, b, value + third * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, b2);
      b3 = FloatVector.fromMemorySegment(F32, b, value + fourth * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, b3);
      weight = FloatVector.broadcast(F32, scratch[t + 2 * BLOCK]);
      c0 = FloatVector.fromMemorySegment(F32, c, value, LITTLE_ENDIAN).fma(weight, c0);
      c1 = FloatVector.fromMemorySegment(F32, c, value + second * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, c1);
      c2 = FloatVector.fromMemorySegment(F32, c, value + third * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, c2);
      c3 = FloatVector.fromMemorySegment(F32, c, value + fourth * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, c3);
      weight = FloatVector.broadcast(F32, scratch[t + 3 * BLOCK]);
      d0 = FloatVector.fromMemorySegment(F32, d, value, LITTLE_ENDIAN).fma(weight, d0);
      d1 = FloatVector.fromMemorySegment(F32, d, value + second * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, d1);
      d2 = FloatVector.fromMemorySegment(F32, d, value + third * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, d2);
      d3 = FloatVector.fromMemorySegment(F32, d, value + fourth * VECTOR_BYTES, LITTLE_ENDIAN).fma(weight, d3);
      t++;
    }
    int aSum = Scratch.sum(headDim, 0) + element;
    int bSum = Scratch.sum(headDim, 1) + element;
    int cSum = Scratch.sum(headDim, 2) + element;
    int dSum = Scratch.sum(headDim, 3) + element;
    a0.intoArray(scratch, aSum);
    a1.intoArray(scratch, aSum + second * LANES);
    a2.intoArray(scratch, aSum + third * LANES);
    a3.intoArray(scratch, aSum + fourth * LANES);
    b0.intoArray(scratch, bSum);
    b1.intoArray(scratch, bSum + second * LANES);
    b2.intoArray(scratch, bSum + third * LANES);
    b3.intoArray(scratch, bSum + fourth * LANES);
    c0.intoArray(scratch, cSum);
    c1.intoArray(scratch, cSum + second * LANES);
    c2.intoArray(scratch, cSum + third * LANES);
    c3.intoArray(scratch, cSum + fourth * LANES);
    d0.intoArray(scratch, dSum);
    d1.intoArray(scratch, dSum + second * LANES);
    d2.intoArray(scratch, dSum + third * LANES);
    d3.intoArray(scratch, dSum + fourth * LANES);
  }

  private static void elements(
      MemorySegment values, long start, int count, int headDim, int from, int to, float[] scratch, int weights,
      int at) {
    int second = Math.min(1, count - 1);
    int third = Math.min(2, count - 1);
    int fourth = Math.min(3, count - 1);
    long rowBytes = headDim * FLOAT_BYTES;
    float sum0 = 0f, sum1 = 0f, sum2 = 0f, sum3 = 0f;
    for (int t = from; t <= to; t++) {
      float weight = scratch[weights + t];
      long value = start + t * rowBytes;
      sum0 = Math.fma(weight, values.get(FLOAT, value), sum0);
      sum1 = Math.fma(weight, values.get(FLOAT, value + second * FLOAT_BYTES), sum1);
      sum2 = Math.fma(weight, values.get(FLOAT, value + third * FLOAT_BYTES), sum2);
      sum3 = Math.fma(weight, values.get(FLOAT, value + fourth * FLOAT_BYTES), sum3);
    }
    scratch[at] = sum0;
    scratch[at + second] = sum1;
    scratch[at + third] = sum2;
    scratch[at + fourth] = sum3;
  }

  /** {@code out = out * f + sum * g}: adds a block to those before it. */
  static void combine(float[] out, int start, int headDim, float f, float[] sums, int at, float g) {
    long call = COMBINE.begin();
    int done = Trial.takesVectors(call) ? vectorCombine(out, start, headDim, f, sums, at, g) : 0;
    for (int i = done; i < headDim; i++) {
      out[start + i] = Math.fma(out[start + i], f, sums[at + i] * g);
    }
    COMBINE.end(call, headDim);
  }

  /** As many whole vectors as there are; gives how many elements that were. */
  private static int vectorCombine(float[] out, int start, int headDim, float f, float[] sums, int at, float g) {
    int i = 0;
    for (; i <= headDim - LANES; i += LANES) {
      FloatVector block = FloatVector.fromArray(F32, sums, at + i).mul(g);
      FloatVector.fromArray(F32, out, start + i).fma(FloatVector.broadcast(F32, f), block).intoArray(out, start + i);
    }
    return i;
  }

  /** {@code out = out / total}, once for each head of a row: C2 makes vectors of it by itself. */
  static void divide(float[] out, int start, int headDim, float total) {
    for (int i = start; i < start + headDim; i++) {
      out[i] = out[i] / total;
    }
  }
}
