package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.cria.api.kernel.KvView;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** From a query and the keys of one block of positions to their weights: a lane is a position. */
final class Scores {

  /*
   * Positions come in whole vectors, though the first and the last may hold some that are not visible. Their scores are
   * computed from whatever lies there, then become -infinity, and their weights 0, which changes neither the maximum nor the
   * sum. (Only where all visible scores are NaN or -infinity their weights are NaN, but so are the others then.)
   *
   * Loops walk a long, which C2 does not unroll: see F32Panels.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final int STRIP = 4 * LANES;
  private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;

  private static final Trial PRODUCTS = new Trial();
  private static final Trial SCALE = new Trial();
  private static final Trial MAXIMA = new Trial();
  private static final Trial TOTALS = new Trial();

  private Scores() {}

  /** Writes {@code q · k[t]} for positions {@code from .. to} of a block, {@code step} floats from element to element. */
  static void products(
      MemorySegment keys, long start, int step, float[] query, int queryStart, int headDim, int from, int to,
      float[] scores, int at) {
    long call = PRODUCTS.begin();
    if (Trial.takesVectors(call)) {
      vectorProducts(keys, start, step, query, queryStart, headDim, from, to, scores, at);
    } else {
      plainProducts(keys, start, step, query, queryStart, headDim, from, to, scores, at);
    }
    PRODUCTS.end(call, to / LANES - from / LANES + 1);
  }

  /**
   * Writes {@code q · k[t]} for all positions of four blocks, 64 scores for each.
   *
   * <p>The keys of a head in a block are a panel, whose rows are positions.
   *
   * @param start of the keys of the head in a block
   */
  static void productsOfFour(
      KvView cache, int block, long start, float[] query, int queryStart, int headDim, float[] scores, int at) {
    for (int position = 0; position < Scratch.TOGETHER * PanelLayout.ROWS; position += 4 * F32Panels.STRIP) {
      int second = position + F32Panels.STRIP;
      int third = second + F32Panels.STRIP;
      int fourth = third + F32Panels.STRIP;
      F32Panels.fourStrips(keys(cache, block, position), start + keysOf(position), keys(cache, block, second),
          start + keysOf(second), keys(cache, block, third), start + keysOf(third), keys(cache, block, fourth),
          start + keysOf(fourth), query, queryStart, headDim, scores, at + position);
    }
  }

  private static MemorySegment keys(KvView cache, int firstBlock, int position) {
    return cache.block(firstBlock + position / PanelLayout.ROWS);
  }

  private static long keysOf(int position) {
    return position % PanelLayout.ROWS * (long) Float.BYTES;
  }

  private static void plainProducts(
      MemorySegment keys, long start, int step, float[] query, int queryStart, int headDim, int from, int to,
      float[] scores, int at) {
    Arrays.fill(scores, at + from, at + to + 1, 0f);
    for (int i = 0; i < headDim; i++) {
      plainElement(keys, start + (long) i * step * Float.BYTES, query[queryStart + i], from, to, scores, at);
    }
  }

  private static void plainElement(
      MemorySegment keys, long start, float element, int from, int to, float[] scores, int at) {
    for (int t = from; t <= to; t++) {
      scores[at + t] = Math.fma(keys.get(Packing.FLOAT, start + (long) t * Float.BYTES), element, scores[at + t]);
    }
  }

  private static void vectorProducts(
      MemorySegment keys, long start, int step, float[] query, int queryStart, int headDim, int from, int to,
      float[] scores, int at) {
    long bytes = (long) step * Float.BYTES;
    int t = from - from % LANES;
    while (t <= to) {
      long keysOfT = start + (long) t * Float.BYTES;
      if (t % STRIP != 0 || t + LANES > to) {
        vectorOne(keys, keysOfT, bytes, query, queryStart, headDim, scores, at + t);
        t += LANES;
      } else {
        vectorStrip(keys, keysOfT, bytes, query, queryStart, headDim, scores, at + t);
        t += STRIP;
      }
    }
  }

  private static void vectorOne(
      MemorySegment keys, long start, long step, float[] query, int queryStart, int headDim, float[] scores, int at) {
    FloatVector sum = FloatVector.zero(F32);
    int i = queryStart;
    long end = start + headDim * step;
    for (long row = start; row < end; row += step) {
      FloatVector element = FloatVector.broadcast(F32, query[i++]);
      sum = FloatVector.fromMemorySegment(F32, keys, row, LITTLE_ENDIAN).fma(element, sum);
    }
    sum.intoArray(scores, at);
  }

  private static void vectorStrip(
      MemorySegment keys, long start, long step, float[] query, int queryStart, int headDim, float[] scores, int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    int i = queryStart;
    long end = start + headDim * step;
    for (long row = start; row < end; row += step) {
      FloatVector element = FloatVector.broadcast(F32, query[i++]);
      sum0 = FloatVector.fromMemorySegment(F32, keys, row, LITTLE_ENDIAN).fma(element, sum0);
      sum1 = FloatVector.fromMemorySegment(F32, keys, row + VECTOR_BYTES, LITTLE_ENDIAN).fma(element, sum1);
      sum2 = FloatVector.fromMemorySegment(F32, keys, row + 2 * VECTOR_BYTES, LITTLE_ENDIAN).fma(element, sum2);
      sum3 = FloatVector.fromMemorySegment(F32, keys, row + 3 * VECTOR_BYTES, LITTLE_ENDIAN).fma(element, sum3);
    }
    sum0.intoArray(scores, at);
    sum1.intoArray(scores, at + LANES);
    sum2.intoArray(scores, at + 2 * LANES);
    sum3.intoArray(scores, at + 3 * LANES);
  }

  /** Scales and caps the scores, and gives the largest of those visible. */
  static float scale(float[] scores, int at, int from, int to, float scale, float softCap) {
    int start = at + from - from % LANES;
    int end = at + (to / LANES + 1) * LANES;
    long call = SCALE.begin();
    if (Trial.takesVectors(call)) {
      vectorMultiply(scores, start, end, scale);
    } else {
      plainMultiply(scores, start, end, scale);
    }
    SCALE.end(call, end - start);
    if (softCap > 0) {
      cap(scores, start, end, softCap);
    }
    Arrays.fill(scores, start, at + from, Float.NEGATIVE_INFINITY);
    Arrays.fill(scores, at + to + 1, end, Float.NEGATIVE_INFINITY);
    return max(scores, start, end);
  }

  private static void vectorMultiply(float[] scores, int start, int end, float factor) {
    for (int i = start; i < end; i += LANES) {
      FloatVector.fromArray(F32, scores, i).mul(factor).intoArray(scores, i);
    }
  }

  private static void plainMultiply(float[] scores, int start, int end, float factor) {
    for (int i = start; i < end; i++) {
      scores[i] *= factor;
    }
  }

  /** {@code cap * tanh(score / cap)} with {@code tanh(y) = 1 − 2 / (e^2y + 1)}. */
  private static void cap(float[] scores, int start, int end, float cap) {
    for (int i = start; i < end; i++) {
      scores[i] = scores[i] / cap * 2f;
    }
    Exp.ofDifferences(scores, start, end, 0f);
    for (int i = start; i < end; i++) {
      scores[i] = (1f - 2f / (scores[i] + 1f)) * cap;
    }
  }

  private static float max(float[] scores, int start, int end) {
    long call = MAXIMA.begin();
    float max = Trial.takesVectors(call) ? vectorMax(scores, start, end) : plainMax(scores, start, end);
    MAXIMA.end(call, end - start);
    return max;
  }

  private static float plainMax(float[] scores, int start, int end) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = start; i < end; i++) {
      max = Math.max(max, scores[i]);
    }
    return max;
  }

  private static float vectorMax(float[] scores, int start, int end) {
    FloatVector max = FloatVector.broadcast(F32, Float.NEGATIVE_INFINITY);
    for (int i = start; i < end; i += LANES) {
      max = FloatVector.fromArray(F32, scores, i).max(max);
    }
    return max.reduceLanes(MAX);
  }

  /** Turns the scores into weights relative to the largest, and gives their sum. */
  static float exponentiate(float[] scratch, int at, int from, int to, float max) {
    int start = from - from % LANES;
    int end = (to / LANES + 1) * LANES;
    Exp.ofDifferences(scratch, at + start, at + end, max);
    long call = TOTALS.begin();
    if (Trial.takesVectors(call)) {
      vectorTotal(scratch, at, start, end);
    } else {
      plainTotal(scratch, at, start, end);
    }
    TOTALS.end(call, end - start);
    return Stripes.fold(scratch);
  }

  private static void plainTotal(float[] scratch, int at, int start, int end) {
    Arrays.fill(scratch, Scratch.STRIPES, Scratch.STRIPES + Stripes.COUNT, 0f);
    for (int t = start; t < end; t++) {
      int stripe = Scratch.STRIPES + t % Stripes.COUNT;
      scratch[stripe] = scratch[at + t] + scratch[stripe];
    }
  }

  private static void vectorTotal(float[] scratch, int at, int start, int end) {
    for (int stripe = 0; stripe < Stripes.COUNT; stripe += LANES) {
      FloatVector sum = FloatVector.zero(F32);
      for (int t = start + Math.floorMod(stripe - start, Stripes.COUNT); t < end; t += Stripes.COUNT) {
        sum = FloatVector.fromArray(F32, scratch, at + t).add(sum);
      }
      sum.intoArray(scratch, Scratch.STRIPES + stripe);
    }
  }
}
