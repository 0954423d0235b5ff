package dev.cria.checkpoints;

import dev.cria.api.checkpoint.TensorNames;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The names of tensors in GGUF files, in Hugging Face terms. */
final class GgufNames {

  private static final String LAYER = "blk.";
  private static final int MOST_DIGITS = 6;

  private static final Map<String, String> WHOLE = Map.of(
      "token_embd.weight", TensorNames.TOKEN_EMBEDDING,
      "output_norm.weight", TensorNames.FINAL_NORM,
      "output.weight", TensorNames.LM_HEAD);

  private static final Map<String, IntFunction<String>> PER_LAYER = new HashMap<>();

  static {
    PER_LAYER.put("attn_norm.weight", TensorNames::attentionNorm);
    PER_LAYER.put("attn_q.weight", TensorNames::qProj);
    PER_LAYER.put("attn_k.weight", TensorNames::kProj);
    PER_LAYER.put("attn_v.weight", TensorNames::vProj);
    PER_LAYER.put("attn_q.bias", TensorNames::qBias);
    PER_LAYER.put("attn_k.bias", TensorNames::kBias);
    PER_LAYER.put("attn_v.bias", TensorNames::vBias);
    PER_LAYER.put("attn_q_norm.weight", TensorNames::qNorm);
    PER_LAYER.put("attn_k_norm.weight", TensorNames::kNorm);
    PER_LAYER.put("attn_output.weight", TensorNames::oProj);
    PER_LAYER.put("ffn_norm.weight", TensorNames::ffnNorm);
    PER_LAYER.put("ffn_gate.weight", TensorNames::gateProj);
    PER_LAYER.put("ffn_up.weight", TensorNames::upProj);
    PER_LAYER.put("ffn_down.weight", TensorNames::downProj);
  }

  private GgufNames() {}

  /** The name in Hugging Face terms; as it is where no model that can be run has such a tensor. */
  static String neutral(String name) {
    if (!name.startsWith(LAYER)) {
      return WHOLE.getOrDefault(name, name);
    }
    int dot = name.indexOf('.', LAYER.length());
    if (dot < 0) {
      return name;
    }
    String number = name.substring(LAYER.length(), dot);
    IntFunction<String> part = PER_LAYER.get(name.substring(dot + 1));
    boolean layer = number.length() <= MOST_DIGITS && number.matches("0|[1-9][0-9]*");
    return layer && part != null ? part.apply(Integer.parseInt(number)) : name;
  }
}
