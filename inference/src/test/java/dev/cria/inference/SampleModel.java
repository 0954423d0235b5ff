package dev.cria.inference;

import dev.cria.api.kernel.Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * A small model with random weights, in the terms and the layout of Hugging Face: what tests write in several formats, and
 * compute in another way.
 *
 * @param architecture as files name it
 * @param headDim not always dim / heads
 * @param tied whether the embedding is the classifier
 * @param bias of queries, keys and values
 * @param headNorm whether queries and keys are normalised by head
 * @param window positions that a token sees
 * @param theta base of the frequencies
 * @param scale what is done to each frequency
 * @param weights by name, {@code (rows, cols)}
 */
record SampleModel(String architecture, int headDim, boolean tied, boolean bias, boolean headNorm, int window,
    double theta, DoubleUnaryOperator scale, Map<String, float[][]> weights) {

  static final int DIM = 48;
  static final int HIDDEN = 80;
  static final int LAYERS = 3;
  static final int HEADS = 6;
  static final int KV_HEADS = 2;
  static final int VOCAB = 70;
  static final int CONTEXT = 64;
  static final float EPSILON = 1e-5f;
  static final int ALL = Integer.MAX_VALUE;

  static SampleModel of(String architecture, int headDim, boolean tied, boolean bias, boolean headNorm, int window,
      double theta, DoubleUnaryOperator scale) {
    Map<String, float[][]> weights = new LinkedHashMap<>();
    Random random = new Random(architecture.hashCode());
    weights.put("model.embed_tokens.weight", normal(random, VOCAB, DIM, 0, 1));
    for (int layer = 0; layer < LAYERS; layer++) {
      String at = "model.layers." + layer + ".";
      weights.put(at + "input_layernorm.weight", normal(random, 1, DIM, 1, 0.1));
      weights.put(at + "self_attn.q_proj.weight", normal(random, HEADS * headDim, DIM, 0, 0.25));
      weights.put(at + "self_attn.k_proj.weight", normal(random, KV_HEADS * headDim, DIM, 0, 0.25));
      weights.put(at + "self_attn.v_proj.weight", normal(random, KV_HEADS * headDim, DIM, 0, 0.15));
      if (bias) {
        weights.put(at + "self_attn.q_proj.bias", normal(random, 1, HEADS * headDim, 0, 1));
        weights.put(at + "self_attn.k_proj.bias", normal(random, 1, KV_HEADS * headDim, 0, 1));
        weights.put(at + "self_attn.v_proj.bias", normal(random, 1, KV_HEADS * headDim, 0, 1));
      }
      if (headNorm) {
        weights.put(at + "self_attn.q_norm.weight", normal(random, 1, headDim, 1, 0.3));
        weights.put(at + "self_attn.k_norm.weight", normal(random, 1, headDim, 1, 0.3));
      }
      weights.put(at + "self_attn.o_proj.weight", normal(random, DIM, HEADS * headDim, 0, 0.15));
      weights.put(at + "post_attention_layernorm.weight", normal(random, 1, DIM, 1, 0.1));
      weights.put(at + "mlp.gate_proj.weight", normal(random, HIDDEN, DIM, 0, 0.15));
      weights.put(at + "mlp.up_proj.weight", normal(random, HIDDEN, DIM, 0, 0.15));
      weights.put(at + "mlp.down_proj.weight", normal(random, DIM, HIDDEN, 0, 0.12));
    }
    weights.put("model.norm.weight", normal(random, 1, DIM, 1, 0.1));
    if (!tied) {
      weights.put("lm_head.weight", normal(random, VOCAB, DIM, 0, 0.15));
    }
    return new SampleModel(architecture, headDim, tied, bias, headNorm, window, theta, scale, weights);
  }

  /** The same with weights as an encoding has them. */
  SampleModel rounded(Encoding encoding) {
    Map<String, float[][]> rounded = new LinkedHashMap<>();
    weights.forEach((name, matrix) -> {
      float[][] copy = new float[matrix.length][matrix[0].length];
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment row = arena.allocate(encoding.rowBytes(matrix[0].length));
        for (int r = 0; r < matrix.length; r++) {
          encoding.encode(matrix[r], 0, row, 0, matrix[r].length);
          encoding.decode(row, 0, copy[r], 0, copy[r].length);
        }
      }
      rounded.put(name, copy);
    });
    return new SampleModel(architecture, headDim, tied, bias, headNorm, window, theta, scale, rounded);
  }

  /** One of its parts left out, for tests that it matters. */
  SampleModel without(String part) {
    return new SampleModel(architecture, headDim, tied, bias && !part.equals("bias"), headNorm && !part.equals("norm"),
        part.equals("window") ? ALL : window, theta, part.equals("scale") ? f -> f : scale, weights);
  }

  /** The angle from one position to the next, of each pair. */
  double[] frequencies() {
    double[] frequencies = new double[headDim / 2];
    Arrays.setAll(frequencies, pair -> scale.applyAsDouble(Math.pow(theta, -2.0 * pair / headDim)));
    return frequencies;
  }

  private static float[][] normal(Random random, int rows, int cols, double mean, double deviation) {
    float[][] matrix = new float[rows][cols];
    for (float[] row : matrix) {
      for (int i = 0; i < cols; i++) {
        row[i] = (float) (mean + deviation * random.nextGaussian());
      }
    }
    return matrix;
  }
}
