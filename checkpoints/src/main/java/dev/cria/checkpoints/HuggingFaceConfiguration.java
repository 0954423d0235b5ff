package dev.cria.checkpoints;

import dev.cria.api.checkpoint.CheckpointFormatException;
import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.RopeLayout;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What {@code config.json} says of a model.
 *
 * @param values by key
 */
record HuggingFaceConfiguration(Path path, Map<String, Object> values) {

  private static final double DEFAULT_THETA = 10_000;
  private static final double DEFAULT_EPSILON = 1e-6;
  private static final int DEFAULT_CONTEXT = 2048;

  /** Whether the embedding serves as the classifier, too. */
  boolean tied() throws CheckpointFormatException {
    return flag("tie_word_embeddings").orElse(false);
  }

  /** How many tokens there are. */
  int vocabSize() throws CheckpointFormatException {
    return requiredSize("vocab_size", ModelLimits.VOCABULARY);
  }

  /** The token that begins a text. */
  OptionalInt bos() throws CheckpointFormatException {
    return ids("bos_token_id").stream().mapToInt(id -> id).findFirst();
  }

  /** The tokens that end a text, the first one first. */
  Set<Integer> ends() throws CheckpointFormatException {
    return ids("eos_token_id");
  }

  /** Puts all of it among the metadata of a checkpoint. */
  void describe(Map<String, String> metadata) {
    values.forEach((key, value) -> metadata.put(key, String.valueOf(value)));
  }

  /**
   * The shape.
   *
   * @param bias whether there are biases among the tensors
   * @throws CheckpointFormatException if no such model can be run
   */
  ModelConfiguration model(boolean bias) throws CheckpointFormatException {
    String name = text("model_type").orElseThrow(() -> missing("model_type"));
    Architecture architecture = Architecture.named(name).orElseThrow(() -> problem(
        "model_type is '%s', an architecture that is not supported; those that are: %s", name, Architecture.names()));
    refuseWhatChangesTheFormulas();
    int dim = requiredSize("hidden_size", ModelLimits.DIM);
    int heads = requiredSize("num_attention_heads", ModelLimits.HEADS);
    Optional<Integer> ownHeadDim = size("head_dim", ModelLimits.HEAD_DIM);
    if (ownHeadDim.isEmpty() && dim % heads != 0) {
      throw problem("num_attention_heads is %d, which does not divide hidden_size, %d; the file is damaged", heads,
          dim);
    }
    int headDim = ownHeadDim.orElse(dim / heads);
    try {
      return new ModelConfiguration(name, dim, requiredSize("intermediate_size", ModelLimits.HIDDEN_DIM),
          requiredSize("num_hidden_layers", ModelLimits.LAYERS), heads,
          size("num_key_value_heads", ModelLimits.HEADS).orElse(heads), headDim, vocabSize(),
          size("max_position_embeddings", ModelLimits.CONTEXT).orElse(DEFAULT_CONTEXT), epsilon(), rope(headDim),
          new ModelConfiguration.Attention(window(architecture), architecture.bias(bias), architecture.headNorm()));
    } catch (IllegalArgumentException e) {
      CheckpointFormatException refused = problem("%s; the file is damaged", String.valueOf(e.getMessage()));
      refused.initCause(e);
      throw refused;
    }
  }

  /** Settings that would make other formulas of the model, and that no supported model has. */
  private void refuseWhatChangesTheFormulas() throws CheckpointFormatException {
    String activation = text("hidden_act").orElse("silu");
    if (!activation.equals("silu")) {
      throw problem("hidden_act is '%s', which is not supported, only silu", activation);
    }
    if (values.containsKey("quantization_config")) {
      throw problem("has a quantization_config, whose weights are not supported; take the model as it was before, or as"
          + " GGUF");
    }
  }

  private float epsilon() throws CheckpointFormatException {
    double epsilon = real(values, "rms_norm_eps").orElse(DEFAULT_EPSILON);
    if (!(epsilon > 0 && epsilon < 1)) {
      throw problem("rms_norm_eps is %s, expected a number between 0 and 1; the file is damaged", epsilon);
    }
    return (float) epsilon;
  }

  private ModelConfiguration.Rope rope(int headDim) throws CheckpointFormatException {
    Map<?, ?> scaling = object("rope_scaling").or(() -> object("rope_parameters")).orElse(Map.of());
    double theta = real(scaling.containsKey("rope_theta") ? scaling : values, "rope_theta").orElse(DEFAULT_THETA);
    double part = real(values, "partial_rotary_factor").orElse(1.0);
    if (!(theta >= 1 && theta < 1e12) || !(part > 0 && part <= 1)) {
      throw problem("rope_theta is %s, expected 1 to 1e12, and partial_rotary_factor %s, expected up to 1; the file is"
          + " damaged", theta, part);
    }
    int rotaryDim = (int) (headDim * part);
    return new ModelConfiguration.Rope(RopeLayout.HALF_SPLIT, theta, rotaryDim, divisors(scaling, theta, rotaryDim));
  }

  private List<Double> divisors(Map<?, ?> scaling, double theta, int rotaryDim) throws CheckpointFormatException {
    Object type = scaling.containsKey("rope_type") ? scaling.get("rope_type") : scaling.get("type");
    String kind = type == null ? "default" : String.valueOf(type);
    return switch (kind) {
      case "default" -> List.of();
      case "linear" -> RopeScaling.linear(requiredReal(scaling, "factor"), rotaryDim);
      case "llama3" -> new RopeScaling(requiredReal(scaling, "factor"), requiredReal(scaling, "low_freq_factor"),
          requiredReal(scaling, "high_freq_factor"), requiredReal(scaling, "original_max_position_embeddings"))
          .divisors(theta, rotaryDim);
      default ->
        throw problem("rope_scaling is of the type '%s', which is not supported; those that are: linear, llama3",
            kind);
    };
  }

  private int window(Architecture architecture) throws CheckpointFormatException {
    Optional<Integer> window = size("sliding_window", Integer.MAX_VALUE);
    boolean used = flag("use_sliding_window").orElse(architecture.windowUnlessSwitchedOff());
    int layers = requiredSize("num_hidden_layers", ModelLimits.LAYERS);
    int full = values.get("max_window_layers") instanceof BigDecimal number ? number.intValue() : 0;
    boolean never = full >= layers && !architecture.windowUnlessSwitchedOff();
    if (window.isEmpty() || !used || never) {
      return AttentionShape.UNLIMITED;
    }
    if (full > 0 && !architecture.windowUnlessSwitchedOff()) {
      throw problem("max_window_layers is %d of %d layers; a window in some layers alone is not supported", full,
          layers);
    }
    return window.get();
  }

  private Set<Integer> ids(String key) throws CheckpointFormatException {
    Object value = values.getOrDefault(key, List.of());
    Set<Integer> ids = new LinkedHashSet<>();
    for (Object each : value instanceof List<?> list ? list : List.of(value)) {
      if (!(each instanceof BigDecimal id) || id.scale() != 0 || id.signum() < 0
          || id.compareTo(BigDecimal.valueOf(vocabSize())) >= 0) {
        throw problem("%s is %s, expected tokens of the vocabulary, 0 to %d; the file is damaged", key, value,
            vocabSize() - 1);
      }
      ids.add(id.intValueExact());
    }
    return ids;
  }

  private Optional<String> text(String key) throws CheckpointFormatException {
    Object value = values.get(key);
    if (value != null && !(value instanceof String)) {
      throw problem("%s is %s, expected text; the file is damaged", key, value);
    }
    return Optional.ofNullable((String) value);
  }

  private Optional<Boolean> flag(String key) throws CheckpointFormatException {
    Object value = values.get(key);
    if (value != null && !(value instanceof Boolean)) {
      throw problem("%s is %s, expected true or false; the file is damaged", key, value);
    }
    return Optional.ofNullable((Boolean) value);
  }

  private Optional<Map<?, ?>> object(String key) {
    return values.get(key) instanceof Map<?, ?> object ? Optional.of(object) : Optional.empty();
  }

  private Optional<Double> real(Map<?, ?> from, String key) throws CheckpointFormatException {
    Object value = from.get(key);
    if (value != null && !(value instanceof BigDecimal)) {
      throw problem("%s is %s, expected a number; the file is damaged", key, value);
    }
    return value instanceof BigDecimal number ? Optional.of(number.doubleValue()) : Optional.empty();
  }

  private double requiredReal(Map<?, ?> from, String key) throws CheckpointFormatException {
    return real(from, key).orElseThrow(() -> missing(key));
  }

  private Optional<Integer> size(String key, int most) throws CheckpointFormatException {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof BigDecimal number) || number.compareTo(BigDecimal.ONE) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0 || number.stripTrailingZeros().scale() > 0) {
      throw problem("%s is %s, expected 1 to %,d; the file is damaged, or no model like that is supported", key, value,
          most);
    }
    return Optional.of(number.intValue());
  }

  private int requiredSize(String key, int most) throws CheckpointFormatException {
    return size(key, most).orElseThrow(() -> missing(key));
  }

  private CheckpointFormatException missing(String key) {
    return problem("has no key %s, which a model needs; fetch it again", key);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
  private CheckpointFormatException problem(String format, Object... arguments) {
    return new CheckpointFormatException(path, String.format(Locale.ROOT, format, arguments));
  }
}
