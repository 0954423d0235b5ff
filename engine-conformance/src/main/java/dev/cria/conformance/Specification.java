package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.KvView;

/** {@code docs/NUMERICS.md} section by section, in an arithmetic of choice. */
final class Specification {

  static final int STRIPES = 16;
  static final int BLOCK = KvView.POSITIONS_MULTIPLE;

  private final Arithmetic arithmetic;

  Specification(Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  /** One output of a product: the sum over a row of weights times {@code x (cols,)} at {@code xAt}. */
  double product(WeightRow w, float[] x, int xAt) {
    if (!w.scaled()) {
      double s = 0;
      for (int k = 0; k < w.cols(); k++) {
        s = arithmetic.fma(w.level(k), x[xAt + k], s);
      }
      return s;
    }
    if (w.roundsActivations()) {
      return roundedProduct(w, x, xAt);
    }
    double s = 0;
    for (int g = 0; g < w.groups(); g++) {
      double t = 0;
      double u = 0;
      for (int k = g * w.groupSize(); k < (g + 1) * w.groupSize(); k++) {
        t = arithmetic.fma(w.level(k), x[xAt + k], t);
        u = arithmetic.add(u, x[xAt + k]);
      }
      s = arithmetic.fma(w.scale(g), t, s);
      s = w.hasMinimum() ? arithmetic.fma(-w.minimum(g), u, s) : s;
    }
    return s;
  }

  /** The same, x being rounded to int8; in binary64, x as it is. */
  private double roundedProduct(WeightRow w, float[] x, int xAt) {
    double s = 0;
    for (int g = 0; g < w.groups(); g++) {
      int from = g * w.groupSize();
      double step = arithmetic.step(x, xAt + from, w.groupSize());
      double t = 0;
      double u = 0;
      for (int k = from; k < from + w.groupSize(); k++) {
        double level = arithmetic.rounded(x[xAt + k], step);
        t += w.level(k) * level; // integers, in binary32
        u += level;
      }
      double p = arithmetic.multiply(t, w.scale(g));
      p = w.hasMinimum() ? arithmetic.fma(-w.minimum(g), u, p) : p;
      s = arithmetic.add(s, arithmetic.multiply(p, step));
    }
    return s;
  }

  /** One weight, as {@code embed} gives it. */
  double element(WeightRow w, int k) {
    if (!w.scaled()) {
      return w.level(k);
    }
    int g = k / w.groupSize();
    return w.hasMinimum()
        ? arithmetic.fma(w.scale(g), w.level(k), -w.minimum(g))
        : arithmetic.multiply(w.scale(g), w.level(k));
  }

  /** The factor {@code r} of a row in rmsNorm. */
  double inverseRootMeanSquare(float[] x, int xAt, int width, float epsilon, double[] stripes) {
    clear(stripes);
    for (int i = 0; i < width; i++) {
      stripes[i % STRIPES] = arithmetic.fma(x[xAt + i], x[xAt + i], stripes[i % STRIPES]);
    }
    double mean = arithmetic.divide(fold(stripes), width);
    return arithmetic.divide(1, arithmetic.sqrt(arithmetic.add(mean, epsilon)));
  }

  /** {@code gain · (r · x)}. */
  double normed(double gain, double r, double x) {
    return arithmetic.multiply(gain, arithmetic.multiply(r, x));
  }

  /** The first of a pair {@code (a, b)}, rotated by the angle with this cosine and sine. */
  double rotatedFirst(double a, double b, double cos, double sin) {
    return arithmetic.fma(a, cos, -arithmetic.multiply(b, sin));
  }

  /** The second of a pair {@code (a, b)}, rotated by the angle with this cosine and sine. */
  double rotatedSecond(double a, double b, double cos, double sin) {
    return arithmetic.fma(a, sin, arithmetic.multiply(b, cos));
  }

  double gate(Gate gate, double v) {
    double exponent = gate == Gate.SILU ? v : geluExponent(v);
    return arithmetic.divide(v, arithmetic.add(1, arithmetic.exp(-exponent)));
  }

  double geluExponent(double v) {
    double polynomial = arithmetic.fma(arithmetic.multiply(v, v), 0x1.2444f2p-4, 0x1.988454p0);
    return arithmetic.multiply(v, polynomial);
  }

  double tanh(double y) {
    double e = arithmetic.add(arithmetic.exp(arithmetic.multiply(2, y)), 1);
    return arithmetic.add(1, -arithmetic.divide(2, e));
  }

  /** The score of a sum {@code q · k}. */
  double score(double sum, AttentionShape shape) {
    double s = arithmetic.multiply(sum, shape.scale());
    return shape.softCap() == 0
        ? s
        : arithmetic.multiply(shape.softCap(), tanh(arithmetic.divide(s, shape.softCap())));
  }

  /** Attention of one row and head, over what {@code head} shows, into {@code head.out}. */
  void attend(AttentionHead head) {
    double max = 0;
    double sum = 0;
    boolean first = true;
    for (int block = head.first() / BLOCK; block * BLOCK < head.end(); block++) {
      int from = Math.max(head.first(), block * BLOCK);
      int to = Math.min(head.end(), (block + 1) * BLOCK);
      double blockMax = scores(head, from, to);
      double blockSum = weigh(head, from, to, blockMax);
      if (first) {
        max = blockMax;
        sum = blockSum;
        System.arraycopy(head.blockOut, 0, head.out, 0, head.headDim());
        first = false;
        continue;
      }
      double n = Math.max(max, blockMax);
      double f = arithmetic.exp(arithmetic.add(max, -n));
      double g = arithmetic.exp(arithmetic.add(blockMax, -n));
      sum = arithmetic.fma(sum, f, arithmetic.multiply(blockSum, g));
      for (int i = 0; i < head.headDim(); i++) {
        head.out[i] = arithmetic.fma(head.out[i], f, arithmetic.multiply(head.blockOut[i], g));
      }
      max = n;
    }
    for (int i = 0; i < head.headDim(); i++) {
      head.out[i] = arithmetic.divide(head.out[i], sum);
    }
  }

  private double scores(AttentionHead head, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int t = from; t < to; t++) {
      head.readKey(t);
      double s = 0;
      for (int i = 0; i < head.headDim(); i++) {
        s = arithmetic.fma(head.query(i), head.element(i), s);
      }
      head.weights[t - from] = score(s, head.shape());
      max = Math.max(max, head.weights[t - from]);
    }
    return max;
  }

  private double weigh(AttentionHead head, int from, int to, double max) {
    clear(head.stripes);
    clear(head.blockOut);
    for (int t = from; t < to; t++) {
      double w = arithmetic.exp(arithmetic.add(head.weights[t - from], -max));
      head.stripes[t % STRIPES] = arithmetic.add(head.stripes[t % STRIPES], w);
      head.readValue(t);
      for (int i = 0; i < head.headDim(); i++) {
        head.blockOut[i] = arithmetic.fma(w, head.element(i), head.blockOut[i]);
      }
    }
    return fold(head.stripes);
  }

  private double fold(double[] stripes) {
    for (int w = STRIPES / 2; w > 0; w /= 2) {
      for (int j = 0; j < w; j++) {
        stripes[j] = arithmetic.add(stripes[j], stripes[j + w]);
      }
    }
    return stripes[0];
  }

  private static void clear(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 0;
    }
  }
}
