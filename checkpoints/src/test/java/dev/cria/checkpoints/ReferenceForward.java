package dev.cria.checkpoints;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The forward pass of llama2.c in plain float64, one token at a time: an oracle that shares no code with the engine.
 *
 * <p>It can be made wrong on purpose, to show that a model needs the part in question.
 */
final class ReferenceForward {

  /** A mistake to make. */
  enum Mistake {
    NO_ROPE, ROPE_HALF_SPLIT, ROPE_BACKWARDS, GROUPS_BY_REMAINDER, FIRST_KV_HEAD_ONLY, LAST_POSITION_ONLY, NO_NORM_GAIN, NO_NORM, NO_SILU, GATE_AND_UP_SWAPPED, NO_RESIDUAL, NO_ATTENTION_IN_LAYER_0, NO_ATTENTION_IN_LAYER_1, NO_FEED_FORWARD_IN_LAYER_0, NO_FEED_FORWARD_IN_LAYER_1, TIED_CLASSIFIER
  }

  private final ModelConfiguration model;
  private final Set<Mistake> mistakes;
  private final Map<String, double[][]> weights = new HashMap<>();
  private final List<List<double[]>> keys = new ArrayList<>();
  private final List<List<double[]>> values = new ArrayList<>();
  private int position;

  ReferenceForward(Checkpoint checkpoint, Mistake... mistakes) throws IOException {
    this.model = checkpoint.configuration();
    this.mistakes = Set.of(mistakes);
    for (CheckpointTensor tensor : checkpoint.tensors().values()) {
      weights.put(tensor.name(), read(tensor));
    }
    for (int layer = 0; layer < model.layers(); layer++) {
      keys.add(new ArrayList<>());
      values.add(new ArrayList<>());
    }
  }

  /** Feeds the token at the next position and gives the logits {@code (vocabSize,)}. */
  double[] next(int token) {
    double[] hidden = w(TensorNames.TOKEN_EMBEDDING)[token].clone();
    for (int layer = 0; layer < model.layers(); layer++) {
      if (!skips("ATTENTION", layer)) {
        double[] attended = attention(layer, rmsNorm(hidden, TensorNames.attentionNorm(layer)));
        addTo(hidden, product(w(TensorNames.oProj(layer)), attended));
      }
      if (!skips("FEED_FORWARD", layer)) {
        addTo(hidden, feedForward(layer, rmsNorm(hidden, TensorNames.ffnNorm(layer))));
      }
    }
    position++;
    boolean tied = !weights.containsKey(TensorNames.LM_HEAD) || has(Mistake.TIED_CLASSIFIER);
    return product(w(tied ? TensorNames.TOKEN_EMBEDDING : TensorNames.LM_HEAD),
        rmsNorm(hidden, TensorNames.FINAL_NORM));
  }

  private double[] attention(int layer, double[] normed) {
    double[] query = product(w(TensorNames.qProj(layer)), normed);
    double[] key = product(w(TensorNames.kProj(layer)), normed);
    rotate(query);
    rotate(key);
    keys.get(layer).add(key);
    values.get(layer).add(product(w(TensorNames.vProj(layer)), normed));
    int size = model.headDim();
    double[] attended = new double[model.queryDim()];
    for (int head = 0; head < model.heads(); head++) {
      int group = has(Mistake.GROUPS_BY_REMAINDER) ? head % model.kvHeads() : head / (model.heads() / model.kvHeads());
      int from = has(Mistake.FIRST_KV_HEAD_ONLY) ? 0 : group * size;
      double[] scores = new double[position + 1];
      double most = Double.NEGATIVE_INFINITY;
      for (int t = has(Mistake.LAST_POSITION_ONLY) ? position : 0; t <= position; t++) {
        for (int i = 0; i < size; i++) {
          scores[t] += query[head * size + i] * keys.get(layer).get(t)[from + i];
        }
        scores[t] *= 1 / Math.sqrt(size);
        most = Math.max(most, scores[t]);
      }
      double sum = 0;
      for (int t = has(Mistake.LAST_POSITION_ONLY) ? position : 0; t <= position; t++) {
        scores[t] = Math.exp(scores[t] - most);
        sum += scores[t];
      }
      for (int t = has(Mistake.LAST_POSITION_ONLY) ? position : 0; t <= position; t++) {
        for (int i = 0; i < size; i++) {
          attended[head * size + i] += scores[t] / sum * values.get(layer).get(t)[from + i];
        }
      }
    }
    return attended;
  }

  private void rotate(double[] x) {
    if (has(Mistake.NO_ROPE)) {
      return;
    }
    int size = model.headDim();
    for (int head = 0; head < x.length / size; head++) {
      for (int pair = 0; pair < size / 2; pair++) {
        int a = head * size + (has(Mistake.ROPE_HALF_SPLIT) ? pair : 2 * pair);
        int b = has(Mistake.ROPE_HALF_SPLIT) ? a + size / 2 : a + 1;
        double angle = (has(Mistake.ROPE_BACKWARDS) ? -position : position)
            * Math.pow(model.rope().theta(), -2.0 * pair / size);
        double turned = x[a] * Math.cos(angle) - x[b] * Math.sin(angle);
        x[b] = x[a] * Math.sin(angle) + x[b] * Math.cos(angle);
        x[a] = turned;
      }
    }
  }

  private double[] feedForward(int layer, double[] normed) {
    boolean swapped = has(Mistake.GATE_AND_UP_SWAPPED);
    double[] gate = product(w(swapped ? TensorNames.upProj(layer) : TensorNames.gateProj(layer)), normed);
    double[] up = product(w(swapped ? TensorNames.gateProj(layer) : TensorNames.upProj(layer)), normed);
    for (int i = 0; i < gate.length; i++) {
      gate[i] *= up[i] / (has(Mistake.NO_SILU) ? 1 : 1 + Math.exp(-gate[i]));
    }
    return product(w(TensorNames.downProj(layer)), gate);
  }

  private double[] rmsNorm(double[] x, String gain) {
    double squares = 0;
    for (double each : x) {
      squares += each * each;
    }
    double scale = has(Mistake.NO_NORM) ? 1 : 1 / Math.sqrt(squares / x.length + model.normEpsilon());
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] * scale * (has(Mistake.NO_NORM_GAIN) ? 1 : w(gain)[0][i]);
    }
    return out;
  }

  private void addTo(double[] hidden, double[] more) {
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = more[i] + (has(Mistake.NO_RESIDUAL) ? 0 : hidden[i]);
    }
  }

  private static double[] product(double[][] w, double[] x) {
    double[] out = new double[w.length];
    for (int row = 0; row < w.length; row++) {
      for (int k = 0; k < x.length; k++) {
        out[row] += w[row][k] * x[k];
      }
    }
    return out;
  }

  private boolean skips(String part, int layer) {
    return mistakes.stream().anyMatch(mistake -> mistake.name().equals("NO_" + part + "_IN_LAYER_" + layer));
  }

  private boolean has(Mistake mistake) {
    return mistakes.contains(mistake);
  }

  private double[][] w(String name) {
    double[][] matrix = weights.get(name);
    if (matrix == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return matrix;
  }

  private static double[][] read(CheckpointTensor tensor) throws IOException {
    double[][] matrix = new double[tensor.rows()][tensor.cols()];
    try (Arena arena = Arena.ofConfined()) {
      var floats = tensor.map(arena).data().asByteBuffer().order(LITTLE_ENDIAN).asFloatBuffer();
      for (double[] row : matrix) {
        for (int i = 0; i < row.length; i++) {
          row[i] = floats.get();
        }
      }
    }
    return matrix;
  }
}
