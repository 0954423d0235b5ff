package dev.cria.api.checkpoint;

/**
 * The names of a Llama model's tensors, as Hugging Face has them.
 *
 * @since 0.1
 */
public final class TensorNames {

  /** {@code (vocabSize, dim)}. */
  public static final String TOKEN_EMBEDDING = "model.embed_tokens.weight";
  /** {@code (dim,)}. */
  public static final String FINAL_NORM = "model.norm.weight";
  /** {@code (vocabSize, dim)}; absent where it is tied to the embedding. */
  public static final String LM_HEAD = "lm_head.weight";

  private TensorNames() {}

  /** {@code (dim,)}. */
  public static String attentionNorm(int layer) {
    return layer(layer, "input_layernorm");
  }

  /** {@code (heads * headDim, dim)}. */
  public static String qProj(int layer) {
    return layer(layer, "self_attn.q_proj");
  }

  /** {@code (kvHeads * headDim, dim)}. */
  public static String kProj(int layer) {
    return layer(layer, "self_attn.k_proj");
  }

  /** {@code (kvHeads * headDim, dim)}. */
  public static String vProj(int layer) {
    return layer(layer, "self_attn.v_proj");
  }

  /** {@code (heads * headDim,)}; only where attention has biases. */
  public static String qBias(int layer) {
    return part(layer, "self_attn.q_proj.bias");
  }

  /** {@code (kvHeads * headDim,)}; only where attention has biases. */
  public static String kBias(int layer) {
    return part(layer, "self_attn.k_proj.bias");
  }

  /** {@code (kvHeads * headDim,)}; only where attention has biases. */
  public static String vBias(int layer) {
    return part(layer, "self_attn.v_proj.bias");
  }

  /** {@code (headDim,)}; only where heads are normalised. */
  public static String qNorm(int layer) {
    return layer(layer, "self_attn.q_norm");
  }

  /** {@code (headDim,)}; only where heads are normalised. */
  public static String kNorm(int layer) {
    return layer(layer, "self_attn.k_norm");
  }

  /** {@code (dim, heads * headDim)}. */
  public static String oProj(int layer) {
    return layer(layer, "self_attn.o_proj");
  }

  /** {@code (dim,)}. */
  public static String ffnNorm(int layer) {
    return layer(layer, "post_attention_layernorm");
  }

  /** {@code (hiddenDim, dim)}. */
  public static String gateProj(int layer) {
    return layer(layer, "mlp.gate_proj");
  }

  /** {@code (hiddenDim, dim)}. */
  public static String upProj(int layer) {
    return layer(layer, "mlp.up_proj");
  }

  /** {@code (dim, hiddenDim)}. */
  public static String downProj(int layer) {
    return layer(layer, "mlp.down_proj");
  }

  private static String layer(int layer, String part) {
    return part(layer, part + ".weight");
  }

  private static String part(int layer, String name) {
    return "model.layers." + layer + "." + name;
  }
}
