package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.kernel.RopeLayout;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides what comes out of a training run, besides the text.
 *
 * @since 0.1
 */
public final class Recipe {

  /* By preset: dim, hidden-dim, layers, heads, kv-heads, vocab-size, context. */
  private static final Map<String, List<Integer>> PRESETS = Map.of("260K", List.of(64, 172, 5, 8, 4, 512, 512), "1M",
      List.of(128, 384, 6, 4, 4, 1024, 512), "15M", List.of(288, 768, 6, 6, 6, 32_000, 256), "42M",
      List.of(512, 1376, 8, 8, 8, 32_000, 1024), "110M", List.of(768, 2048, 12, 12, 12, 32_000, 1024));
  private static final List<String> NAMES = List.of("260K", "1M", "15M", "42M", "110M");
  private static final List<Setting> SHAPE = List.of(Setting.DIM, Setting.HIDDEN_DIM, Setting.LAYERS, Setting.HEADS,
      Setting.KV_HEADS, Setting.VOCAB_SIZE, Setting.CONTEXT);
  private static final int ROWS = 4096; // tokens that are learned from at a time: enough for the kernels, and memory is bounded

  private final Map<Setting, String> values = new EnumMap<>(Setting.class);

  private Recipe(String preset, Map<Setting, String> given) {
    List<Integer> shape = PRESETS.get(preset);
    if (shape == null) {
      throw new IllegalArgumentException("there is no preset '" + preset + "'. Available: " + String.join(", ", NAMES));
    }
    for (Setting setting : Setting.values()) {
      String standard = setting.isShape() ? shape.get(SHAPE.indexOf(setting)).toString() : setting.standard();
      values.put(setting, given.getOrDefault(setting, standard));
      setting.check(text(setting));
    }
    configuration();
    if (learningRate() < number(Setting.MIN_LEARNING_RATE)) {
      throw new IllegalArgumentException(
          "min-learning-rate must not be above learning-rate " + text(Setting.LEARNING_RATE)
              + ", got '" + text(Setting.MIN_LEARNING_RATE) + "'");
    }
  }

  /**
   * The recipe of a preset, with changes.
   *
   * @param preset {@code 260K}, {@code 1M}, {@code 15M}, {@code 42M} or {@code 110M}
   * @param given values by setting
   * @throws IllegalArgumentException if there is no such preset, or a value makes no sense
   */
  public static Recipe of(String preset, Map<Setting, String> given) {
    return new Recipe(preset, given);
  }

  /** The presets, the smallest first. */
  public static List<String> presets() {
    return NAMES;
  }

  /** The value of a setting, as text. */
  public String text(Setting setting) {
    return values.getOrDefault(setting, "");
  }

  /** The value of a setting. */
  public double number(Setting setting) {
    return Double.parseDouble(text(setting));
  }

  /** The value of a setting that is a whole number. */
  public int whole(Setting setting) {
    return (int) Long.parseLong(text(setting));
  }

  /** Where chance begins. */
  public long seed() {
    return Long.parseLong(text(Setting.SEED));
  }

  double learningRate() {
    return number(Setting.LEARNING_RATE);
  }

  /** The shape of the model. */
  public ModelConfiguration configuration() {
    int dim = whole(Setting.DIM);
    int heads = whole(Setting.HEADS);
    if (dim % heads != 0) {
      throw new IllegalArgumentException("dim must be a multiple of heads " + heads + ", got '" + dim + "'");
    }
    return new ModelConfiguration("llama", dim, whole(Setting.HIDDEN_DIM), whole(Setting.LAYERS), heads,
        whole(Setting.KV_HEADS), dim / heads, whole(Setting.VOCAB_SIZE), whole(Setting.CONTEXT), 1e-5f,
        new ModelConfiguration.Rope(RopeLayout.INTERLEAVED, 10_000, dim / heads));
  }

  /** Windows that are learned from at a time: a divisor of the batch. */
  int sequencesAtATime() {
    int batch = whole(Setting.BATCH);
    int most = Math.clamp(ROWS / whole(Setting.CONTEXT), 1, batch);
    while (batch % most != 0) {
      most--;
    }
    return most;
  }

  /** About how many bytes a run keeps in memory, besides the text. */
  public long memory() {
    ModelConfiguration model = configuration();
    long weights = 4L * Float.BYTES * ParameterLayout.of(model).size();
    int rows = Math.multiplyExact(sequencesAtATime(), model.contextLength());
    return weights + rows * Tape.bytesPerRow(model) + CrossEntropy.bytes(model, rows);
  }

  AdamW.Constants optimiser() {
    return new AdamW.Constants(number(Setting.BETA_1), number(Setting.BETA_2), number(Setting.EPSILON),
        number(Setting.WEIGHT_DECAY), number(Setting.CLIP));
  }

  /** The lines of a properties file. */
  public String properties() {
    StringBuilder out = new StringBuilder();
    values.forEach((setting, value) -> out.append(setting.key()).append('=').append(value).append('\n'));
    return out.toString();
  }
}
