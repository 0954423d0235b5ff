package dev.cria.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a training run: a name as in a properties file, and the values that make sense.
 *
 * @since 0.1
 */
public enum Setting {
  /** Width of the residual stream. */
  DIM("dim", 2, 65_536, null),
  /** Width of the feed-forward block. */
  HIDDEN_DIM("hidden-dim", 1, 262_144, null),
  /** Transformer blocks. */
  LAYERS("layers", 1, 1024, null),
  /** Query heads. */
  HEADS("heads", 1, 1024, null),
  /** Key-value heads. */
  KV_HEADS("kv-heads", 1, 1024, null),
  /** Tokens. */
  VOCAB_SIZE("vocab-size", 260, 1_000_000, null),
  /** Positions that the model is made for, and tokens of a window. */
  CONTEXT("context", 2, 65_536, null),
  /** Windows that one step learns from. */
  BATCH("batch", 1, 65_536, "32"),
  /** How often the text is read; without a number of steps. */
  EPOCHS("epochs", 0.001, 1e6, "1"),
  /** Steps of the optimiser; 0 for as many as the epochs need. */
  STEPS("steps", 0, Integer.MAX_VALUE, "0"),
  /** The highest learning rate. */
  LEARNING_RATE("learning-rate", 0, 10, "5e-4"),
  /** The learning rate at the end. */
  MIN_LEARNING_RATE("min-learning-rate", 0, 10, "0"),
  /** Steps over which the learning rate rises; at most half of all. */
  WARM_UP("warm-up", 0, Integer.MAX_VALUE, "100"),
  /** How slowly AdamW forgets gradients. */
  BETA_1("beta1", 0, 0.999999, "0.9"),
  /** How slowly AdamW forgets their squares. */
  BETA_2("beta2", 0, 0.999999, "0.95"),
  /** What AdamW adds to the root. */
  EPSILON("epsilon", 1e-20, 1, "1e-8"),
  /** How strongly matrices shrink. */
  WEIGHT_DECAY("weight-decay", 0, 10, "0.1"),
  /** The largest norm of a gradient; 0 for any. */
  CLIP("clip", 0, 1e9, "1"),
  /** Share of the hidden activations that are left out at random while learning. */
  DROPOUT("dropout", 0, 0.9, "0"),
  /** Share of the documents that are not learned from, but measured. */
  VALIDATION("validation", 0, 0.5, "0.01"),
  /** Share of all characters that get a piece of their own. */
  COVERAGE("coverage", 0.5, 1, "0.9995"),
  /** Where chance begins. */
  SEED("seed", Long.MIN_VALUE, Long.MAX_VALUE, "1"),
  /** Steps between measurements of the validation loss. */
  EVALUATE_EVERY("evaluate-every", 1, Integer.MAX_VALUE, "250"),
  /** Steps between checkpoints. */
  SAVE_EVERY("save-every", 1, Integer.MAX_VALUE, "250");

  private final String key;
  private final double least;
  private final double most;
  private final boolean required;
  private final String standard;

  Setting(String key, double least, double most, @Nullable String standard) {
    this.key = key;
    this.least = least;
    this.most = most;
    this.required = standard == null;
    this.standard = standard == null ? "" : standard;
  }

  /** The name, as in {@code --dim} and in a properties file. */
  public String key() {
    return key;
  }

  /** What holds where nothing is said; a shape has none, a preset gives it. */
  String standard() {
    return standard;
  }

  /** Whether there is no standard. */
  boolean isShape() {
    return required;
  }

  /** Whether its values are whole numbers. */
  private boolean isWhole() {
    return required || List.of(BATCH, STEPS, WARM_UP, SEED, EVALUATE_EVERY, SAVE_EVERY).contains(this);
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  void check(String value) {
    try {
      double number = isWhole() ? Long.parseLong(value) : Double.parseDouble(value);
      if (number >= least && number <= most) {
        return;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    String kind = isWhole() ? "a whole number" : "a number";
    String range = this == SEED ? " of 64 bits" : String.format(Locale.ROOT, " in [%s, %s]", plain(least), plain(most));
    throw new IllegalArgumentException(key + " must be " + kind + range + ", got '" + value + "'");
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
  }

  /** The setting of that name. */
  public static Optional<Setting> named(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** All names. */
  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
