package dev.cria.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The forward pass in double, in the plainest way and after the formulas of Hugging Face: token after token, pairs of a head half
 * a head apart.
 */
final class ReferenceLogits {

  private final SampleModel model;
  private final double[] frequencies;
  private final List<List<double[]>> keys = new ArrayList<>();
  private final List<List<double[]>> values = new ArrayList<>();

  private ReferenceLogits(SampleModel model) {
    this.model = model;
    this.frequencies = model.frequencies();
    for (int layer = 0; layer < SampleModel.LAYERS; layer++) {
      keys.add(new ArrayList<>());
      values.add(new ArrayList<>());
    }
  }

  /** {@code (tokens, vocabSize)}. */
  static double[][] of(SampleModel model, int[] tokens) {
    ReferenceLogits reference = new ReferenceLogits(model);
    double[][] logits = new double[tokens.length][];
    for (int position = 0; position < tokens.length; position++) {
      logits[position] = reference.next(tokens[position], position);
    }
    return logits;
  }

  private double[] next(int token, int position) {
    double[] hidden = product(identity(token), "model.embed_tokens.weight", true);
    for (int layer = 0; layer < SampleModel.LAYERS; layer++) {
      String at = "model.layers." + layer + ".";
      double[] normed = norm(hidden, at + "input_layernorm.weight");
      double[] query = heads(normed, at + "self_attn.q_", position);
      keys.get(layer).add(heads(normed, at + "self_attn.k_", position));
      values.get(layer).add(plus(product(normed, at + "self_attn.v_proj.weight", false), at + "self_attn.v_proj.bias"));
      add(hidden, product(attend(query, layer, position), at + "self_attn.o_proj.weight", false));
      normed = norm(hidden, at + "post_attention_layernorm.weight");
      double[] gate = product(normed, at + "mlp.gate_proj.weight", false);
      double[] up = product(normed, at + "mlp.up_proj.weight", false);
      for (int i = 0; i < gate.length; i++) {
        gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
      }
      add(hidden, product(gate, at + "mlp.down_proj.weight", false));
    }
    return product(norm(hidden, "model.norm.weight"), model.tied() ? "model.embed_tokens.weight" : "lm_head.weight",
        false);
  }

  /** Queries or keys: projected, with bias, normalised by head, rotated. */
  private double[] heads(double[] normed, String at, int position) {
    double[] x = plus(product(normed, at + "proj.weight", false), at + "proj.bias");
    int size = model.headDim();
    for (int head = 0; head < x.length / size; head++) {
      if (model.headNorm()) {
        double[] one = norm(Arrays.copyOfRange(x, head * size, (head + 1) * size), at + "norm.weight");
        System.arraycopy(one, 0, x, head * size, size);
      }
      for (int pair = 0; pair < size / 2; pair++) {
        int a = head * size + pair;
        int b = a + size / 2;
        double angle = position * frequencies[pair];
        double turned = x[a] * Math.cos(angle) - x[b] * Math.sin(angle);
        x[b] = x[b] * Math.cos(angle) + x[a] * Math.sin(angle);
        x[a] = turned;
      }
    }
    return x;
  }

  private double[] attend(double[] query, int layer, int position) {
    int size = model.headDim();
    double[] attended = new double[query.length];
    int first = (int) Math.max(0, position + 1L - model.window());
    for (int head = 0; head < SampleModel.HEADS; head++) {
      int kv = head / (SampleModel.HEADS / SampleModel.KV_HEADS) * size;
      double[] weights = new double[position + 1];
      double sum = 0;
      for (int t = first; t <= position; t++) {
        double score = 0;
        for (int i = 0; i < size; i++) {
          score += query[head * size + i] * keys.get(layer).get(t)[kv + i];
        }
        weights[t] = Math.exp(score / Math.sqrt(size));
        sum += weights[t];
      }
      for (int t = first; t <= position; t++) {
        for (int i = 0; i < size; i++) {
          attended[head * size + i] += weights[t] / sum * values.get(layer).get(t)[kv + i];
        }
      }
    }
    return attended;
  }

  private double[] norm(double[] x, String gain) {
    double squares = 0;
    for (double each : x) {
      squares += each * each;
    }
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] / Math.sqrt(squares / x.length + SampleModel.EPSILON) * weight(gain)[0][i];
    }
    return out;
  }

  private double[] plus(double[] x, String bias) {
    if (model.bias()) {
      for (int i = 0; i < x.length; i++) {
        x[i] += weight(bias)[0][i];
      }
    }
    return x;
  }

  private static void add(double[] hidden, double[] more) {
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] += more[i];
    }
  }

  private double[] product(double[] x, String name, boolean transposed) {
    float[][] w = weight(name);
    double[] out = new double[transposed ? w[0].length : w.length];
    for (int row = 0; row < w.length; row++) {
      for (int k = 0; k < w[row].length; k++) {
        out[transposed ? k : row] += w[row][k] * x[transposed ? row : k];
      }
    }
    return out;
  }

  private static double[] identity(int token) {
    double[] one = new double[SampleModel.VOCAB];
    one[token] = 1;
    return one;
  }

  private float[][] weight(String name) {
    float[][] weight = model.weights().get(name);
    if (weight == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return weight;
  }
}
