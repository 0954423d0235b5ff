package dev.cria.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Small training runs for tests. */
final class Runs {

  /** Hears nothing. */
  static final TrainingListener DEAF = new TrainingListener() {
    @Override public void step(Step step) {}

    @Override public void evaluated(Evaluation evaluation) {}

    @Override public void saved(int step) {}
  };

  private Runs() {}

  /** A tiny recipe: 40 steps on windows of 48 tokens, 4 at a time. */
  static Map<Setting, String> settings() {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.putAll(Map.of(Setting.DIM, "24", Setting.HIDDEN_DIM, "36", Setting.LAYERS, "2", Setting.HEADS, "4",
        Setting.KV_HEADS, "2", Setting.VOCAB_SIZE, "320", Setting.CONTEXT, "48", Setting.BATCH, "4", Setting.STEPS,
        "40"));
    settings.putAll(Map.of(Setting.LEARNING_RATE, "0.01", Setting.WARM_UP, "5", Setting.EVALUATE_EVERY, "10",
        Setting.SAVE_EVERY, "5", Setting.VALIDATION, "0.1", Setting.COVERAGE, "1"));
    return settings;
  }

  static Recipe recipe(Map<Setting, String> settings) {
    return Recipe.of("260K", settings);
  }

  static TrainingRun begin(Path folder, Map<Setting, String> settings, List<String> texts, String backend, int threads)
      throws IOException {
    return TrainingRun.begin(recipe(settings), new TrainingFolder(folder), texts, TestModels.kernel(backend), threads);
  }

  static TrainingRun resume(Path folder, List<String> texts, String backend, int threads) throws IOException {
    return TrainingRun.resume(new TrainingFolder(folder), Map.of(), texts, TestModels.kernel(backend), threads);
  }
}
