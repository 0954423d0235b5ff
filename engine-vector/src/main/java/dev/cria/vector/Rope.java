package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Placement;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.Worker;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rotary position embedding. */
final class Rope {

  /*
   * Interleaved pairs stay where they are: with A = (a, a), B = (b, b), C = (c, d), D = (-d, c) in the two lanes of a pair,
   * fma(A, C, B * D) is (fma(a, c, -(b * d)), fma(a, d, b * c)), just what is asked for.
   */
  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;
  private static final VectorShuffle<Float> FIRST_OF_PAIR = F32.shuffleFromOp(lane -> lane & ~1);
  private static final VectorShuffle<Float> SECOND_OF_PAIR = F32.shuffleFromOp(lane -> lane | 1);
  private static final VectorShuffle<Float> TWICE = F32.shuffleFromOp(lane -> lane / 2);
  private static final VectorMask<Float> SECOND = VectorMask.fromLong(F32, 0xAAAA_AAAA_AAAA_AAAAL);

  private static final Trial TRIAL = new Trial();

  private Rope() {}

  /** Rotates each pair of each head by the angle of the row's position; a unit is a head of a row. */
  static void rope(Worker worker, FloatMatrix x, RopeTable table, Placement placement) {
    int heads = x.cols() / table.headDim();
    int units = x.rows() * heads;
    int end = worker.shareEnd(units, 1);
    for (int unit = worker.shareStart(units, 1); unit < end; unit++) {
      int row = unit / heads;
      int start = x.index(row) + unit % heads * table.headDim();
      int pairs = table.rotaryDim() / 2;
      int angles = placement.position(row) * pairs;
      boolean interleaved = table.layout() == RopeLayout.INTERLEAVED;
      long call = TRIAL.begin();
      if (!Trial.takesVectors(call)) {
        plainPairs(interleaved, x.data(), start, table.cos(), table.sin(), angles, pairs);
      } else if (interleaved) {
        vectorInterleaved(x.data(), start, table.cos(), table.sin(), angles, pairs);
      } else {
        vectorHalfSplit(x.data(), start, table.cos(), table.sin(), angles, pairs);
      }
      TRIAL.end(call, pairs);
    }
  }

  private static void plainPairs(
      boolean interleaved, float[] x, int start, float[] cos, float[] sin, int angles, int pairs) {
    int step = interleaved ? 2 : 1;
    int second = interleaved ? 1 : pairs;
    for (int pair = 0; pair < pairs; pair++) {
      int first = start + pair * step;
      rotate(x, first, first + second, cos[angles + pair], sin[angles + pair]);
    }
  }

  private static void vectorInterleaved(float[] x, int start, float[] cos, float[] sin, int angles, int pairs) {
    int pair = 0;
    // a vector of cosines is twice what a vector of pairs needs; at the very end of the table there is not enough left
    int last = VectorShapes.MASKS ? Math.min(pairs - LANES / 2, cos.length - LANES - angles) : -1;
    for (; pair <= last; pair += LANES / 2) {
      int at = start + 2 * pair;
      FloatVector c = FloatVector.fromArray(F32, cos, angles + pair).rearrange(TWICE);
      FloatVector d = FloatVector.fromArray(F32, sin, angles + pair).rearrange(TWICE);
      FloatVector ab = FloatVector.fromArray(F32, x, at);
      FloatVector product = ab.rearrange(SECOND_OF_PAIR).mul(d.neg().blend(c, SECOND));
      ab.rearrange(FIRST_OF_PAIR).fma(c.blend(d, SECOND), product).intoArray(x, at);
    }
    for (; pair < pairs; pair++) {
      rotate(x, start + 2 * pair, start + 2 * pair + 1, cos[angles + pair], sin[angles + pair]);
    }
  }

  private static void vectorHalfSplit(float[] x, int start, float[] cos, float[] sin, int angles, int pairs) {
    int pair = 0;
    for (; pair <= pairs - LANES; pair += LANES) {
      FloatVector c = FloatVector.fromArray(F32, cos, angles + pair);
      FloatVector d = FloatVector.fromArray(F32, sin, angles + pair);
      FloatVector a = FloatVector.fromArray(F32, x, start + pair);
      FloatVector b = FloatVector.fromArray(F32, x, start + pairs + pair);
      a.fma(c, b.mul(d).neg()).intoArray(x, start + pair);
      a.fma(d, b.mul(c)).intoArray(x, start + pairs + pair);
    }
    for (; pair < pairs; pair++) {
      rotate(x, start + pair, start + pairs + pair, cos[angles + pair], sin[angles + pair]);
    }
  }

  private static void rotate(float[] x, int first, int second, float cos, float sin) {
    float a = x[first];
    float b = x[second];
    x[first] = Math.fma(a, cos, -(b * sin));
    x[second] = Math.fma(a, sin, b * cos);
  }
}
