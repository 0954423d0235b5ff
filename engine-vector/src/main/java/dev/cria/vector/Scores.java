package dev.cria.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** From a query and the keys of one block of positions to their weights: a lane is a position. */
final class Scores {

  /*
   * Positions come in whole vectors, though the first and the last may hold some that are not visible. Their scores are
   * computed from whatever lies there, then replaced: by -infinity before the maximum, by 0 before the sum.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final int STRIP = 4 * LANES;
  private static final FloatVector LANE = FloatVector.zero(F32).addIndex(1);

  private Scores() {}

  /** Writes {@code q · k[t]} for positions {@code from .. to} of a block, {@code step} floats from element to element. */
  static void products(
      MemorySegment keys, long start, int step, float[] query, int queryStart, int headDim, int from, int to,
      float[] scratch) {
    for (int t = from - from % STRIP; t <= to; t += STRIP) {
      strip(keys, start + (long) t * Float.BYTES, (long) step * Float.BYTES, query, queryStart, headDim, scratch,
          Scratch.WEIGHTS + t);
    }
  }

  private static void strip(
      MemorySegment keys, long start, long step, float[] query, int queryStart, int headDim, float[] scores, int at) {
    FloatVector sum0 = FloatVector.zero(F32), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (int i = 0; i < headDim; i++) {
      FloatVector element = FloatVector.broadcast(F32, query[queryStart + i]);
      long row = start + i * step;
      sum0 = positions(keys, row, 0).fma(element, sum0);
      sum1 = positions(keys, row, 1).fma(element, sum1);
      sum2 = positions(keys, row, 2).fma(element, sum2);
      sum3 = positions(keys, row, 3).fma(element, sum3);
    }
    sum0.intoArray(scores, at);
    sum1.intoArray(scores, at + LANES);
    sum2.intoArray(scores, at + 2 * LANES);
    sum3.intoArray(scores, at + 3 * LANES);
  }

  private static FloatVector positions(MemorySegment keys, long row, int vector) {
    return FloatVector.fromMemorySegment(F32, keys, row + (long) vector * LANES * Float.BYTES, LITTLE_ENDIAN);
  }

  /** Scales and caps the scores, and gives the largest of those visible. */
  static float scale(float[] scratch, int from, int to, float scale, float softCap) {
    FloatVector max = FloatVector.broadcast(F32, Float.NEGATIVE_INFINITY);
    for (int t = from - from % LANES; t <= to; t += LANES) {
      FloatVector score = FloatVector.fromArray(F32, scratch, Scratch.WEIGHTS + t).mul(scale);
      if (softCap > 0) {
        score = Exp.tanh(score.div(softCap)).mul(softCap);
      }
      score.intoArray(scratch, Scratch.WEIGHTS + t);
      max = max.max(score.blend(Float.NEGATIVE_INFINITY, hidden(t, from, to)));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /** Turns the scores into weights relative to the largest, and gives their sum. */
  static float exponentiate(float[] scratch, int from, int to, float max) {
    Stripes.clear(scratch);
    for (int t = from - from % LANES; t <= to; t += LANES) {
      FloatVector weight = Exp.exp(FloatVector.fromArray(F32, scratch, Scratch.WEIGHTS + t).sub(max));
      weight = weight.blend(0f, hidden(t, from, to));
      weight.intoArray(scratch, Scratch.WEIGHTS + t);
      Stripes.add(scratch, t, weight);
    }
    return Stripes.fold(scratch);
  }

  /** Which of the positions from {@code t} on are not in {@code from .. to}. */
  private static VectorMask<Float> hidden(int t, int from, int to) {
    return LANE.lt(from - t).or(LANE.compare(VectorOperators.GT, to - t));
  }
}
