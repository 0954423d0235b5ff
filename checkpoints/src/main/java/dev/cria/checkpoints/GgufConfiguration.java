package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.CheckpointTensor;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import dev.cria.api.kernel.AttentionShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out the shape of a model from the metadata and tensors of a GGUF file. */
final class GgufConfiguration {

  private static final double DEFAULT_THETA = 10_000;

  private final GgufMetadata metadata;
  private final Map<String, CheckpointTensor> tensors;
  private final List<Double> ropeDivisors;
  private final String name;

  private GgufConfiguration(GgufMetadata metadata, Map<String, CheckpointTensor> tensors, List<Double> ropeDivisors)
      throws CheckpointFormatException {
    this.metadata = metadata;
    this.tensors = tensors;
    this.ropeDivisors = ropeDivisors;
    this.name = metadata.requiredText("general.architecture");
  }

  /**
   * The shape.
   *
   * @param ropeDivisors those in the file, or none
   * @throws CheckpointFormatException if no such model can be run
   */
  static ModelConfiguration of(GgufMetadata metadata, Map<String, CheckpointTensor> tensors, List<Double> ropeDivisors)
      throws CheckpointFormatException {
    return new GgufConfiguration(metadata, tensors, ropeDivisors).read();
  }

  private ModelConfiguration read() throws CheckpointFormatException {
    Architecture architecture = Architecture.named(name).orElseThrow(() -> metadata.problem(
        "is of the architecture '%s', which is not supported; those that are: %s", name, Architecture.names()));
    CheckpointTensor embedding = tensors.get(TensorNames.TOKEN_EMBEDDING);
    if (embedding == null) {
      throw metadata.problem(tensors.isEmpty()
          ? "holds no tensors, so no model but a vocabulary at most; name the file that has the weights"
          : "has no tensor token_embd.weight, which every model needs; fetch or convert it again");
    }
    refuseWhatChangesTheFormulas();
    int dim = metadata.requiredSize(key("embedding_length"), ModelLimits.DIM);
    int heads = metadata.requiredSize(key("attention.head_count"), ModelLimits.HEADS);
    int kvHeads = metadata.size(key("attention.head_count_kv"), ModelLimits.HEADS).orElse(heads);
    int headDim = headDim(dim, heads);
    try {
      return new ModelConfiguration(name, dim,
          metadata.requiredSize(key("feed_forward_length"), ModelLimits.HIDDEN_DIM),
          metadata.requiredSize(key("block_count"), ModelLimits.LAYERS), heads, kvHeads, headDim,
          embedding.rows(), metadata.requiredSize(key("context_length"), ModelLimits.CONTEXT),
          epsilon(), rope(architecture, headDim), attention(architecture));
    } catch (IllegalArgumentException e) {
      CheckpointFormatException refused = metadata.problem("%s; the file is damaged", String.valueOf(e.getMessage()));
      refused.initCause(e);
      throw refused;
    }
  }

  /** Settings that would make other formulas of the model, and that no supported model has. */
  private void refuseWhatChangesTheFormulas() throws CheckpointFormatException {
    for (String key : List.of("expert_count", "attention.scale", "logit_scale", "residual_scale", "embedding_scale",
        "attn_logit_softcapping", "final_logit_softcapping")) {
      Optional<GgufValue> value = metadata.value(key(key));
      if (value.isPresent() && !(value.get() instanceof GgufValue.Whole(_, long none) && none == 0)
          && !(value.get() instanceof GgufValue.Real(_, double zero) && zero == 0)) {
        throw metadata.problem("%s is %s, which is not supported: such a model computes otherwise than plain %s; take"
            + " another", key(key), value.get().text(), name);
      }
    }
  }

  private int headDim(int dim, int heads) throws CheckpointFormatException {
    Optional<Integer> keyLength = metadata.size(key("attention.key_length"), ModelLimits.HEAD_DIM);
    if (keyLength.isEmpty() && dim % heads != 0) {
      throw metadata.problem("%s is %d, which does not divide %s, %d; the file is damaged",
          key("attention.head_count"), heads, key("embedding_length"), dim);
    }
    int headDim = keyLength.orElse(dim / heads);
    int valueLength = metadata.size(key("attention.value_length"), ModelLimits.HEAD_DIM).orElse(headDim);
    if (valueLength != headDim) {
      throw metadata.problem("keys have %d elements and values %d; models like that are not supported", headDim,
          valueLength);
    }
    return headDim;
  }

  private float epsilon() throws CheckpointFormatException {
    String key = key("attention.layer_norm_rms_epsilon");
    double epsilon = metadata.requiredReal(key);
    if (!(epsilon > 0 && epsilon < 1)) {
      throw metadata.problem("%s is %s, expected a number between 0 and 1; the file is damaged", key, epsilon);
    }
    return (float) epsilon;
  }

  private ModelConfiguration.Rope rope(Architecture architecture, int headDim) throws CheckpointFormatException {
    String thetaKey = key("rope.freq_base");
    double theta = metadata.real(thetaKey).orElse(DEFAULT_THETA);
    if (!(theta >= 1 && theta < 1e12)) {
      throw metadata.problem("%s is %s, expected 1 to 1e12; the file is damaged", thetaKey, theta);
    }
    int rotaryDim = metadata.size(key("rope.dimension_count"), headDim).orElse(headDim);
    return new ModelConfiguration.Rope(architecture.ggufRope(), theta, rotaryDim, divisors(rotaryDim));
  }

  private List<Double> divisors(int rotaryDim) throws CheckpointFormatException {
    String type = metadata.text(key("rope.scaling.type")).orElse("none");
    Optional<Double> oldFactor = metadata.real(key("rope.scale_linear"));
    double factor = metadata.real(key("rope.scaling.factor")).or(() -> oldFactor).orElse(1.0);
    if (!type.equals("none") && !type.equals("linear")) {
      throw metadata.problem("%s is '%s', which is not supported; those that are: none, linear, and factors in"
          + " rope_freqs.weight", key("rope.scaling.type"), type);
    }
    if ((type.equals("none") && oldFactor.isEmpty()) || factor == 1) {
      return ropeDivisors;
    }
    if (!ropeDivisors.isEmpty()) {
      throw metadata.problem("has both rope_freqs.weight and %s, of which one alone is supported",
          key("rope.scaling.factor"));
    }
    return RopeScaling.linear(factor, rotaryDim);
  }

  private ModelConfiguration.Attention attention(Architecture architecture) throws CheckpointFormatException {
    int window = metadata.whole(key("attention.sliding_window")).filter(size -> size > 0)
        .map(size -> (int) Math.min(size, AttentionShape.UNLIMITED)).orElse(AttentionShape.UNLIMITED);
    return new ModelConfiguration.Attention(window,
        architecture.bias(tensors.containsKey(TensorNames.qBias(0))), architecture.headNorm());
  }

  private String key(String part) {
    return name + "." + part;
  }
}
