package dev.cria.cli;

import dev.cria.training.Recipe;
import dev.cria.training.Setting;
import dev.cria.training.TrainingFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that say what is trained, and how. */
@Command(optionListHeading = "%nThe recipe:%n")
final class TrainFlags {

  @Option(names = "--preset", paramLabel = "NAME", description = {
      "Shape to begin with: 260K, 1M, 15M, 42M or 110M. Default: 1M."}) private @Nullable String preset;

  @Option(names = "--config", paramLabel = "FILE", description = {
      "Settings from a properties file, such as the training.properties of another run. Flags come after it."}) private @Nullable Path config;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = {
      "Any setting by its name; 'cria train --settings' lists them."}) private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--vocab-size", paramLabel = "N", description = "Tokens of the vocabulary.") private @Nullable String vocabSize;

  @Option(names = "--context", paramLabel = "N", description = "Positions of the model.") private @Nullable String context;

  @Option(names = "--batch", paramLabel = "N", description = {
      "Windows of one context that a step learns from. Default: 32."}) private @Nullable String batch;

  @Option(names = "--epochs", paramLabel = "X", description = "How often the text is read. Default: 1.") private @Nullable String epochs;

  @Option(names = "--steps", paramLabel = "N", description = {
      "Steps of the optimiser, instead of epochs."}) private @Nullable String steps;

  @Option(names = "--learning-rate", paramLabel = "X", description = "The highest. Default: 0.0005.") private @Nullable String learningRate;

  @Option(names = "--seed", paramLabel = "SEED", description = {
      "Where chance begins; the same gives the same model. Default: 1."}) private @Nullable String seed;

  /** The preset. */
  String preset() {
    return preset == null ? "1M" : preset;
  }

  /** Whether a preset is named. */
  boolean namesPreset() {
    return preset != null;
  }

  /** What is given. */
  Map<Setting, String> settings() throws IOException {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    if (config != null) {
      settings.putAll(TrainingFolder.settings(config));
    }
    set.forEach((name, value) -> settings.put(setting(name), value));
    put(settings, Setting.VOCAB_SIZE, vocabSize);
    put(settings, Setting.CONTEXT, context);
    put(settings, Setting.BATCH, batch);
    put(settings, Setting.EPOCHS, epochs);
    put(settings, Setting.STEPS, steps);
    put(settings, Setting.LEARNING_RATE, learningRate);
    put(settings, Setting.SEED, seed);
    return settings;
  }

  /** The recipe for a new run. */
  Recipe recipe() throws IOException {
    Map<Setting, String> settings = settings();
    try {
      return Recipe.of(preset(), settings);
    } catch (IllegalArgumentException e) {
      throw new UsageException("The recipe: " + e.getMessage() + ".");
    }
  }

  private static Setting setting(String name) {
    return Setting.named(name)
        .orElseThrow(() -> new UsageException(
            "There is no setting '" + name + "' (--set). 'cria train --settings' lists them."));
  }

  private static void put(Map<Setting, String> settings, Setting setting, @Nullable String value) {
    if (value != null) {
      settings.put(setting, value);
    }
  }
}
