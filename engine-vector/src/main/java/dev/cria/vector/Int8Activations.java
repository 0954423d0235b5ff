package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.KernelLimits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of activations rounded to int8, group by group, in the order in which products read them.
 *
 * <p>A group of 32 has a scale, a 127th of its largest magnitude, and levels from −127 to 127. Two levels are a pair, which lie in the
 * halves of an int as the codes do that they are multiplied with: of every eight columns the first and the fifth, the second and the
 * sixth, and so on. A group of a row is 16 pairs; the pair of the sums of either half; its scale; and its total, negated, as a float.
 *
 * <p>One row lies alone, or four together, a float of each in turn. Where there are fewer, the last stands in for those missing. Every
 * worker rounds all rows for itself, which takes no barrier, and some 3 % of the time of one worker.
 */
final class Int8Activations {

  /*
   * Pairs lie in an array of floats, since that is what scratch memory is; nobody computes with them. Many are NaN as floats: they are
   * moved, never rounded or compared, and moves keep all bits in HotSpot on 64-bit machines. The kit would notice.
   *
   * A level is rounded half away from zero without a comparison: twice what truncation leaves is truncated again.
   */

  /** Rows that are rounded at a time, of many: a bound to what they take. */
  static final int MOST_ROWS = Scratch.SUM_ROWS;

  /** Rows that lie together, of many. */
  static final int TOGETHER = 4;

  /** Pairs of a group. */
  static final int PAIRS = Int8Layout.GROUP / 2;

  /** Where the pair of sums of a group lies, behind its pairs, if the row is alone. */
  static final int SUMS = PAIRS;

  /** Where its scale lies. */
  static final int SCALE = SUMS + 1;

  /** Where its total lies, negated. */
  static final int TOTAL = SCALE + 1;

  /** Floats of a group of one row. */
  static final int FLOATS = TOTAL + 1;

  /** Where they start. */
  static final int START = Scratch.ACTIVATIONS;

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final int HALF_INT = Int8Layout.PER_INT / 2;
  private static final int MAGNITUDE = 0x7FFF_FFFF;
  private static final int LOW = 0xFFFF;
  private static final float LARGEST = 127;

  private static final Trial TRIAL = new Trial();

  private Int8Activations() {}

  /** Floats of scratch that the rows take. */
  static int floats(KernelLimits limits) {
    int cols = Math.max(limits.width(), limits.heads() * limits.headDim());
    int rows = Math.ceilDiv(Math.min(limits.rows(), MOST_ROWS), TOGETHER) * TOGETHER;
    return Math.multiplyExact(rows, cols / Int8Layout.GROUP * FLOATS);
  }

  /** Where group {@code group} of the four rows from {@code row} on starts. */
  static int ofFour(int row, int cols, int group) {
    return START + (row % MOST_ROWS / TOGETHER * (cols / Int8Layout.GROUP) + group) * TOGETHER * FLOATS;
  }

  /** Makes them of one row, alone. */
  static void makeOne(FloatMatrix x, float[] scratch) {
    round(x.data(), x.offset(), x.cols(), scratch, START, 1);
  }

  /**
   * Makes them of the rows {@code start .. end}, four together.
   *
   * @param start a multiple of {@link #MOST_ROWS}
   * @param end at most so many rows farther
   */
  static void makeFours(FloatMatrix x, int start, int end, float[] scratch) {
    for (int row = start; row < Math.ceilDiv(end, TOGETHER) * TOGETHER; row++) {
      int from = x.index(Math.min(row, end - 1));
      round(x.data(), from, x.cols(), scratch, ofFour(row, x.cols(), 0) + row % TOGETHER, TOGETHER);
    }
  }

  private static void round(float[] x, int from, int cols, float[] out, int at, int step) {
    long call = TRIAL.begin();
    if (Trial.takesVectors(call)) {
      vectorRound(x, from, cols, out, at, step);
    } else {
      plainRound(x, from, cols, out, at, step);
    }
    TRIAL.end(call, cols);
  }

  private static void plainRound(float[] x, int from, int cols, float[] out, int at, int step) {
    int to = at;
    for (int k = from; k < from + cols; k += Int8Layout.GROUP) {
      float scale = largest(x, k) / LARGEST;
      float divisor = divisor(scale);
      for (int i = 0; i < Int8Layout.GROUP; i++) {
        float steps = Math.max(-LARGEST, Math.min(LARGEST, x[k + i] / divisor));
        int level = (int) steps;
        out[Scratch.LEVELS + i] = Float.intBitsToFloat(level + (int) (2 * (steps - level)));
      }
      pairUp(out, to, step, scale);
      to += FLOATS * step;
    }
  }

  private static void vectorRound(float[] x, int from, int cols, float[] out, int at, int step) {
    FloatVector most = FloatVector.broadcast(F32, LARGEST);
    FloatVector least = FloatVector.broadcast(F32, -LARGEST);
    int to = at;
    for (long k = from; k < (long) from + cols; k += Int8Layout.GROUP) {
      float scale = largest(x, (int) k) / LARGEST;
      FloatVector divisor = FloatVector.broadcast(F32, divisor(scale));
      for (long i = 0; i < Int8Layout.GROUP; i += LANES) {
        FloatVector steps = FloatVector.fromArray(F32, x, (int) (k + i)).div(divisor).min(most).max(least);
        IntVector level = (IntVector) steps.convert(VectorOperators.F2I, 0);
        FloatVector rest = steps.sub((FloatVector) level.convert(VectorOperators.I2F, 0));
        ((IntVector) rest.add(rest).convert(VectorOperators.F2I, 0)).add(level).reinterpretAsFloats()
            .intoArray(out, Scratch.LEVELS + (int) i);
      }
      pairUp(out, to, step, scale);
      to += FLOATS * step;
    }
  }

  /** The largest magnitude in a group, or NaN if there is one: the bits of magnitudes are in the order of these. */
  private static float largest(float[] x, int from) {
    int a = 0;
    int b = 0;
    int c = 0;
    int d = 0;
    for (int k = from; k < from + Int8Layout.GROUP; k += 4) {
      a = Math.max(a, Float.floatToRawIntBits(x[k]) & MAGNITUDE);
      b = Math.max(b, Float.floatToRawIntBits(x[k + 1]) & MAGNITUDE);
      c = Math.max(c, Float.floatToRawIntBits(x[k + 2]) & MAGNITUDE);
      d = Math.max(d, Float.floatToRawIntBits(x[k + 3]) & MAGNITUDE);
    }
    return Float.intBitsToFloat(Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /** What to divide by, so that all levels are zero where the scale is. */
  private static float divisor(float scale) {
    return scale == 0 ? Float.POSITIVE_INFINITY : scale;
  }

  /** Writes the pairs of a group from its levels, which are ints, and all that belongs to it. */
  private static void pairUp(float[] out, int at, int step, float scale) {
    int lowSum = 0;
    int highSum = 0;
    int to = at;
    for (int k = Scratch.LEVELS; k < Scratch.LEVELS + Int8Layout.GROUP; k += Int8Layout.PER_INT) {
      for (int i = k; i < k + HALF_INT; i++) {
        int low = Float.floatToRawIntBits(out[i]);
        int high = Float.floatToRawIntBits(out[i + HALF_INT]);
        lowSum += low;
        highSum += high;
        out[to] = pair(low, high);
        to += step;
      }
    }
    out[to] = pair(lowSum, highSum);
    out[to + step] = scale;
    out[to + 2 * step] = -(float) (lowSum + highSum);
  }

  private static float pair(int low, int high) {
    return Float.intBitsToFloat((low & LOW) | (high << Short.SIZE));
  }

  /** The low half of a pair. */
  static int low(float pair) {
    return (short) Float.floatToRawIntBits(pair);
  }

  /** The high half of a pair. */
  static int high(float pair) {
    return Float.floatToRawIntBits(pair) >> Short.SIZE;
  }
}
