package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import java.util.Arrays;

/** A Llama with tied embeddings in float64, one sequence at a time, as the formulas are written: forward, and backward by hand. */
final class ReferenceModel {

  private final ParameterLayout layout;
  private final ModelConfiguration c;
  final double[] w;
  final double[] dw;

  ReferenceModel(ParameterLayout layout, double[] weights) {
    this.layout = layout;
    this.c = layout.model();
    this.w = weights;
    this.dw = new double[weights.length];
  }

  private int at(String name) {
    return layout.tensor(name).offset();
  }

  /** What a layer computed. */
  private static final class Layer {
    double[][] x = {};
    double[][] normed = {};
    double[][] q = {};
    double[][] k = {};
    double[][] v = {};
    double[][][] p = {}; // (heads, T, T)
    double[][] attended = {};
    double[][] middle = {};
    double[][] ffnNormed = {};
    double[][] gate = {};
    double[][] up = {};
    double[][] gated = {};
  }

  /** The sum of the losses; adds gradients to {@code dw} if asked. */
  double loss(TrainingBatch batch, boolean backward) {
    double sum = 0;
    for (int s = 0; s < batch.sequences(); s++) {
      int from = s * batch.length();
      int to = from + batch.length();
      sum += loss(Arrays.copyOfRange(batch.tokens(), from, to), Arrays.copyOfRange(batch.targets(), from, to),
          Arrays.copyOfRange(batch.starts(), from, to), backward);
    }
    return sum;
  }

  private double loss(int[] tokens, int[] targets, int[] starts, boolean backward) {
    int t = tokens.length;
    double[][] x = new double[t][];
    for (int i = 0; i < t; i++) {
      int row = at(TensorNames.TOKEN_EMBEDDING) + tokens[i] * c.dim();
      x[i] = Arrays.copyOfRange(w, row, row + c.dim());
    }
    Layer[] layers = new Layer[c.layers()];
    for (int i = 0; i < c.layers(); i++) {
      layers[i] = new Layer();
      x = forward(i, layers[i], x, starts);
    }
    double[][] normed = norm(x, at(TensorNames.FINAL_NORM));
    double loss = 0;
    double[][] dNormed = new double[t][c.dim()];
    int e = at(TensorNames.TOKEN_EMBEDDING);
    for (int i = 0; i < t; i++) {
      if (targets[i] == TrainingBatch.NONE) {
        continue;
      }
      double[] p = new double[c.vocabSize()];
      for (int token = 0; token < p.length; token++) {
        for (int d = 0; d < c.dim(); d++) {
          p[token] += w[e + token * c.dim() + d] * normed[i][d];
        }
      }
      double logSum = Math.log(Arrays.stream(p).map(Math::exp).sum());
      loss += logSum - p[targets[i]];
      for (int token = 0; token < p.length && backward; token++) {
        double d = Math.exp(p[token] - logSum) - (token == targets[i] ? 1 : 0);
        for (int j = 0; j < c.dim(); j++) {
          dNormed[i][j] += d * w[e + token * c.dim() + j];
          dw[e + token * c.dim() + j] += d * normed[i][j];
        }
      }
    }
    if (backward) {
      double[][] dx = new double[t][c.dim()];
      normBack(dx, dNormed, x, at(TensorNames.FINAL_NORM));
      for (int i = c.layers() - 1; i >= 0; i--) {
        backward(i, layers[i], dx);
      }
      for (int i = 0; i < t; i++) {
        for (int d = 0; d < c.dim(); d++) {
          dw[e + tokens[i] * c.dim() + d] += dx[i][d];
        }
      }
    }
    return loss;
  }

  private double[][] forward(int i, Layer l, double[][] x, int[] starts) {
    l.x = x;
    l.normed = norm(x, at(TensorNames.attentionNorm(i)));
    l.q = rotated(linear(l.normed, at(TensorNames.qProj(i)), c.queryDim()), 1);
    l.k = rotated(linear(l.normed, at(TensorNames.kProj(i)), c.kvDim()), 1);
    l.v = linear(l.normed, at(TensorNames.vProj(i)), c.kvDim());
    int t = x.length;
    l.p = new double[c.heads()][t][t];
    l.attended = new double[t][c.queryDim()];
    for (int h = 0; h < c.heads(); h++) {
      int kv = h / (c.heads() / c.kvHeads()) * c.headDim();
      for (int row = 0; row < t; row++) {
        double sum = 0;
        for (int col = starts[row]; col <= row; col++) {
          double s = 0;
          for (int d = 0; d < c.headDim(); d++) {
            s += l.q[row][h * c.headDim() + d] * l.k[col][kv + d];
          }
          l.p[h][row][col] = Math.exp(s / Math.sqrt(c.headDim()));
          sum += l.p[h][row][col];
        }
        for (int col = starts[row]; col <= row; col++) {
          l.p[h][row][col] /= sum;
          for (int d = 0; d < c.headDim(); d++) {
            l.attended[row][h * c.headDim() + d] += l.p[h][row][col] * l.v[col][kv + d];
          }
        }
      }
    }
    l.middle = add(x, linear(l.attended, at(TensorNames.oProj(i)), c.dim()));
    l.ffnNormed = norm(l.middle, at(TensorNames.ffnNorm(i)));
    l.gate = linear(l.ffnNormed, at(TensorNames.gateProj(i)), c.hiddenDim());
    l.up = linear(l.ffnNormed, at(TensorNames.upProj(i)), c.hiddenDim());
    l.gated = new double[t][c.hiddenDim()];
    for (int row = 0; row < t; row++) {
      for (int d = 0; d < c.hiddenDim(); d++) {
        l.gated[row][d] = l.gate[row][d] / (1 + Math.exp(-l.gate[row][d])) * l.up[row][d];
      }
    }
    return add(l.middle, linear(l.gated, at(TensorNames.downProj(i)), c.dim()));
  }

  private void backward(int i, Layer l, double[][] dx) {
    int t = dx.length;
    double[][] dGated = new double[t][c.hiddenDim()];
    linearBack(dGated, dx, l.gated, at(TensorNames.downProj(i)));
    double[][] dGate = new double[t][c.hiddenDim()];
    double[][] dUp = new double[t][c.hiddenDim()];
    for (int row = 0; row < t; row++) {
      for (int d = 0; d < c.hiddenDim(); d++) {
        double g = l.gate[row][d];
        double sigmoid = 1 / (1 + Math.exp(-g));
        dUp[row][d] = dGated[row][d] * g * sigmoid;
        dGate[row][d] = dGated[row][d] * l.up[row][d] * (sigmoid + g * sigmoid * (1 - sigmoid));
      }
    }
    double[][] dNormed = new double[t][c.dim()];
    linearBack(dNormed, dGate, l.ffnNormed, at(TensorNames.gateProj(i)));
    linearBack(dNormed, dUp, l.ffnNormed, at(TensorNames.upProj(i)));
    normBack(dx, dNormed, l.middle, at(TensorNames.ffnNorm(i)));

    double[][] dAttended = new double[t][c.queryDim()];
    linearBack(dAttended, dx, l.attended, at(TensorNames.oProj(i)));
    double[][] dq = new double[t][c.queryDim()];
    double[][] dk = new double[t][c.kvDim()];
    double[][] dv = new double[t][c.kvDim()];
    for (int h = 0; h < c.heads(); h++) {
      attentionBack(h, l, dAttended, dq, dk, dv);
    }
    dNormed = new double[t][c.dim()];
    linearBack(dNormed, rotated(dq, -1), l.normed, at(TensorNames.qProj(i)));
    linearBack(dNormed, rotated(dk, -1), l.normed, at(TensorNames.kProj(i)));
    linearBack(dNormed, dv, l.normed, at(TensorNames.vProj(i)));
    normBack(dx, dNormed, l.x, at(TensorNames.attentionNorm(i)));
  }

  private void attentionBack(int h, Layer l, double[][] dAttended, double[][] dq, double[][] dk, double[][] dv) {
    int q = h * c.headDim();
    int kv = h / (c.heads() / c.kvHeads()) * c.headDim();
    for (int row = 0; row < dq.length; row++) {
      double[] p = l.p[h][row];
      double[] dp = new double[p.length];
      double mean = 0;
      for (int col = 0; col <= row; col++) {
        for (int d = 0; d < c.headDim(); d++) {
          dp[col] += dAttended[row][q + d] * l.v[col][kv + d];
          dv[col][kv + d] += p[col] * dAttended[row][q + d];
        }
        mean += p[col] * dp[col];
      }
      for (int col = 0; col <= row; col++) {
        double ds = p[col] * (dp[col] - mean) / Math.sqrt(c.headDim());
        for (int d = 0; d < c.headDim(); d++) {
          dq[row][q + d] += ds * l.k[col][kv + d];
          dk[col][kv + d] += ds * l.q[row][q + d];
        }
      }
    }
  }

  private double[][] norm(double[][] x, int gain) {
    double[][] y = new double[x.length][c.dim()];
    for (int row = 0; row < x.length; row++) {
      double r = 1 / Math.sqrt(Arrays.stream(x[row]).map(a -> a * a).sum() / c.dim() + c.normEpsilon());
      for (int d = 0; d < c.dim(); d++) {
        y[row][d] = w[gain + d] * r * x[row][d];
      }
    }
    return y;
  }

  private void normBack(double[][] dx, double[][] dy, double[][] x, int gain) {
    int n = c.dim();
    for (int row = 0; row < x.length; row++) {
      double r = 1 / Math.sqrt(Arrays.stream(x[row]).map(a -> a * a).sum() / n + c.normEpsilon());
      double along = 0;
      for (int d = 0; d < n; d++) {
        along += w[gain + d] * dy[row][d] * x[row][d];
        dw[gain + d] += dy[row][d] * r * x[row][d];
      }
      for (int d = 0; d < n; d++) {
        dx[row][d] += r * w[gain + d] * dy[row][d] - x[row][d] * r * r * r * along / n;
      }
    }
  }

  private double[][] linear(double[][] x, int at, int outputs) {
    int n = x[0].length;
    double[][] y = new double[x.length][outputs];
    for (int row = 0; row < x.length; row++) {
      for (int o = 0; o < outputs; o++) {
        for (int k = 0; k < n; k++) {
          y[row][o] += w[at + o * n + k] * x[row][k];
        }
      }
    }
    return y;
  }

  private void linearBack(double[][] dx, double[][] dy, double[][] x, int at) {
    int n = x[0].length;
    for (int row = 0; row < x.length; row++) {
      for (int o = 0; o < dy[0].length; o++) {
        for (int k = 0; k < n; k++) {
          dx[row][k] += dy[row][o] * w[at + o * n + k];
          dw[at + o * n + k] += dy[row][o] * x[row][k];
        }
      }
    }
  }

  /** Pairs of neighbours turned by the angles of their positions, forwards or back. */
  private double[][] rotated(double[][] x, int direction) {
    double[][] y = new double[x.length][x[0].length];
    for (int row = 0; row < x.length; row++) {
      for (int i = 0; i < y[row].length; i += 2) {
        double angle = direction * row * Math.pow(c.rope().theta(), -(double) (i % c.headDim()) / c.headDim());
        y[row][i] = x[row][i] * Math.cos(angle) - x[row][i + 1] * Math.sin(angle);
        y[row][i + 1] = x[row][i] * Math.sin(angle) + x[row][i + 1] * Math.cos(angle);
      }
    }
    return y;
  }

  private static double[][] add(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int row = 0; row < a.length; row++) {
      for (int d = 0; d < sum[row].length; d++) {
        sum[row][d] = a[row][d] + b[row][d];
      }
    }
    return sum;
  }
}
