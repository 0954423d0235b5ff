package dev.cria.vector;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Worker;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Root-mean-square normalisation. */
final class RmsNorm {

  private static final VectorSpecies<Float> F32 = VectorShapes.F32;
  private static final int LANES = VectorShapes.LANES;

  private static final Trial STRIPES = new Trial();
  private static final Trial SCALE = new Trial();

  private RmsNorm() {}

  /** {@code out[r][i] = gain[i] * (x[r][i] / sqrt(mean(x[r]²) + epsilon))}; a unit is a row. */
  static void rmsNorm(Worker worker, FloatMatrix out, FloatMatrix x, float[] gain, float epsilon) {
    int end = worker.shareEnd(x.rows(), 1);
    for (int r = worker.shareStart(x.rows(), 1); r < end; r++) {
      float mean = sumOfSquares(x.data(), x.index(r), x.cols(), worker.scratch()) / x.cols();
      float scale = 1f / (float) Math.sqrt(mean + epsilon);
      scale(out.data(), out.index(r), x.data(), x.index(r), gain, scale);
    }
  }

  /** A lane is a stripe: vectors narrower than sixteen lanes pass over {@code x} once for each part of the stripes. */
  private static float sumOfSquares(float[] x, int start, int count, float[] scratch) {
    int whole = count - count % Stripes.COUNT;
    long call = STRIPES.begin();
    if (Trial.takesVectors(call)) {
      vectorStripes(x, start, whole, scratch);
    } else {
      plainStripes(x, start, whole, scratch);
    }
    STRIPES.end(call, count);
    for (int i = whole; i < count; i++) {
      int stripe = Scratch.STRIPES + i - whole;
      scratch[stripe] = Math.fma(x[start + i], x[start + i], scratch[stripe]);
    }
    return Stripes.fold(scratch);
  }

  private static void plainStripes(float[] x, int start, int whole, float[] scratch) {
    Arrays.fill(scratch, Scratch.STRIPES, Scratch.STRIPES + Stripes.COUNT, 0f);
    for (int i = 0; i < whole; i += Stripes.COUNT) {
      for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
        float xi = x[start + i + stripe];
        scratch[Scratch.STRIPES + stripe] = Math.fma(xi, xi, scratch[Scratch.STRIPES + stripe]);
      }
    }
  }

  private static void vectorStripes(float[] x, int start, int whole, float[] scratch) {
    for (int stripe = 0; stripe < Stripes.COUNT; stripe += LANES) {
      FloatVector sum = FloatVector.zero(F32);
      for (int i = stripe; i < whole; i += Stripes.COUNT) {
        FloatVector xi = FloatVector.fromArray(F32, x, start + i);
        sum = xi.fma(xi, sum);
      }
      sum.intoArray(scratch, Scratch.STRIPES + stripe);
    }
  }

  private static void scale(float[] out, int to, float[] x, int from, float[] gain, float scale) {
    long call = SCALE.begin();
    int done = Trial.takesVectors(call) ? vectorScale(out, to, x, from, gain, scale) : 0;
    plainScale(out, to, x, from, gain, scale, done);
    SCALE.end(call, gain.length);
  }

  /** As many whole vectors as there are; gives how many elements that were. */
  private static int vectorScale(float[] out, int to, float[] x, int from, float[] gain, float scale) {
    int i = 0;
    for (; i <= gain.length - LANES; i += LANES) {
      FloatVector scaled = FloatVector.fromArray(F32, x, from + i).mul(scale);
      FloatVector.fromArray(F32, gain, i).mul(scaled).intoArray(out, to + i);
    }
    return i;
  }

  private static void plainScale(float[] out, int to, float[] x, int from, float[] gain, float scale, int done) {
    for (int i = done; i < gain.length; i++) {
      out[to + i] = gain[i] * (scale * x[from + i]);
    }
  }
}
