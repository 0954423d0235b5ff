package dev.cria.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cria.inference.Engine;
import dev.cria.inference.GenerationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainingRunTest {

  private static final List<String> TALES = Texts.tales(60, 1);

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}, {1} threads")
  @CsvSource({"vector, 1", "vector, 2", "vector, 3", "scalar, 1",
      "scalar, 2"}) void run_anyBackendAndThreads_givesTheSameBits(String backend, int threads) throws IOException {
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.STEPS, "6");
    settings.put(Setting.DROPOUT, "0.1");
    byte[] expected = model(folder.resolve("one"), settings, "vector", 1);
    assertThat(model(folder.resolve("other"), settings, backend, threads)).isEqualTo(expected);
  }

  @Test void run_anotherSeed_givesAnotherModel() throws IOException {
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.STEPS, "2");
    byte[] first = model(folder.resolve("one"), settings, "vector", 1);
    settings.put(Setting.SEED, "2");
    assertThat(model(folder.resolve("two"), settings, "vector", 1)).isNotEqualTo(first);
  }

  private static byte[] model(Path out, Map<Setting, String> settings, String backend, int threads) throws IOException {
    try (TrainingRun run = Runs.begin(out, settings, TALES, backend, threads)) {
      assertThat(run.run(Runs.DEAF)).as("came to the end").isTrue();
    }
    return Files.readAllBytes(new TrainingFolder(out).model());
  }

  @Test void run_onASmallText_learnsItByHeart() throws IOException {
    String tale = "A quick llama jumped over three lazy kites, then slept.";
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.VOCAB_SIZE, "290");
    settings.put(Setting.CONTEXT, "64");
    settings.put(Setting.STEPS, "150");
    settings.put(Setting.WEIGHT_DECAY, "0");
    List<TrainingListener.Step> steps = new ArrayList<>();
    try (TrainingRun run = Runs.begin(folder.resolve("out"), settings, List.of(tale, tale, tale), "vector", 2)) {
      run.run(new TrainingListener() {
        @Override public void step(Step step) {
          steps.add(step);
        }

        @Override public void evaluated(Evaluation evaluation) {}

        @Override public void saved(int step) {}
      });
    }
    assertThat(steps.getFirst().loss()).as("at first").isGreaterThan(4);
    assertThat(steps.getLast().loss()).as("at last").isLessThan(0.05);
    TrainingFolder out = new TrainingFolder(folder.resolve("out"));
    try (Engine engine = Engine.open(out.model()).tokenizer(out.tokenizer()).load()) {
      assertThat(engine.generate(GenerationRequest.of("").temperature(0)).text()).isEqualTo(tale);
    }
  }

  @Test void resume_afterCancelling_goesOnBitForBit() throws IOException {
    byte[] expected = model(folder.resolve("straight"), Runs.settings(), "vector", 1);
    Path out = folder.resolve("interrupted");
    try (TrainingRun run = Runs.begin(out, Runs.settings(), TALES, "vector", 2)) {
      assertThat(run.run(cancelling(run, 13))).as("came to the end").isFalse();
      assertThat(run.step()).isEqualTo(13);
    }
    try (TrainingRun run = Runs.resume(out, TALES, "scalar", 1)) {
      assertThat(run.step()).isEqualTo(13);
      assertThat(run.run(Runs.DEAF)).isTrue();
    }
    assertThat(Files.readAllBytes(new TrainingFolder(out).model())).isEqualTo(expected);
    assertThat(Files.readAllLines(new TrainingFolder(out).losses())).as("a line for each step, and one of names")
        .hasSize(41);
  }

  private static TrainingListener cancelling(TrainingRun run, int at) {
    return new TrainingListener() {
      @Override public void step(Step step) {
        if (step.step() == at) {
          run.cancel();
        }
      }

      @Override public void evaluated(Evaluation evaluation) {}

      @Override public void saved(int step) {}
    };
  }

  /** Saves after every step, so that many of the kills come while a checkpoint is being written. */
  @Test void resume_afterTenKills_goesOnBitForBit() throws IOException, InterruptedException {
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.STEPS, "400");
    settings.put(Setting.SAVE_EVERY, "1");
    settings.put(Setting.EVALUATE_EVERY, "400");
    byte[] expected = model(folder.resolve("straight"), settings, "vector", 1);
    Path out = folder.resolve("killed");
    try (TrainingRun run = Runs.begin(out, settings, TALES, "vector", 1)) {
      run.run(cancelling(run, 1));
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int kill = 0; kill < 10; kill++) {
      Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
          System.getProperty("java.class.path"), "--add-modules", "jdk.incubator.vector",
          ResumingProcess.class.getName(),
          out.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
      awaitStep(out, process);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    try (TrainingRun run = Runs.resume(out, TALES, "vector", 1)) {
      assertThat(run.step()).as("steps before the last kill").isBetween(2, 400);
      assertThat(run.run(Runs.DEAF)).isTrue();
    }
    assertThat(Files.readAllBytes(new TrainingFolder(out).model())).isEqualTo(expected);
    try (var files = Files.list(out)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).as("left over").isEmpty();
    }
  }

  /** Until the process has saved once. */
  private static void awaitStep(Path out, Process process) throws IOException, InterruptedException {
    var before = Files.getLastModifiedTime(new TrainingFolder(out).state());
    while (process.isAlive() && Files.getLastModifiedTime(new TrainingFolder(out).state()).equals(before)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test void resume_damagedState_isRefused() throws IOException {
    Path out = folder.resolve("out");
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.STEPS, "2");
    model(out, settings, "vector", 1);
    Path state = new TrainingFolder(out).state();
    byte[] content = Files.readAllBytes(state);
    content[content.length / 2] ^= 1;
    Files.write(state, content);
    assertThatThrownBy(() -> Runs.resume(out, TALES, "vector", 1)).isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged: its checksum is wrong");
    Files.write(state, java.util.Arrays.copyOf(content, content.length / 2));
    assertThatThrownBy(() -> Runs.resume(out, TALES, "vector", 1)).isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged: it ends too early");
  }

  @Test void resume_anotherTextOrShape_isRefused() throws IOException {
    Path out = folder.resolve("out");
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.STEPS, "2");
    model(out, settings, "vector", 1);
    assertThatThrownBy(() -> Runs.resume(out, Texts.tales(61, 1), "vector", 1)).isInstanceOf(IOException.class)
        .hasMessageContaining("holds a run on another text");
    assertThatThrownBy(() -> TrainingRun.resume(new TrainingFolder(out), Map.of(Setting.DIM, "32"), TALES,
        TestModels.kernel("vector"), 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has dim 24, got '32'");
    assertThatThrownBy(() -> Runs.begin(out, settings, TALES, "vector", 1)).isInstanceOf(IOException.class)
        .hasMessageContaining("holds a training run already");
    assertThatThrownBy(() -> Runs.resume(folder, TALES, "vector", 1)).isInstanceOf(IOException.class)
        .hasMessageContaining("holds no training run");
  }

  @Test void begin_modelTooLarge_saysHowMuchMemoryItTakes() {
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.DIM, "8192");
    settings.put(Setting.LAYERS, "5");
    settings.put(Setting.CONTEXT, "65536");
    assertThatThrownBy(() -> Runs.begin(folder.resolve("out"), settings, TALES, "vector", 1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("MB; raise it with CRIA_JAVA_OPTS=-Xmx");
    assertThat(Runs.recipe(Runs.settings()).memory()).as("bytes of a small one").isBetween(1L << 20, 1L << 21);
  }

  @Test void begin_textTooShort_isRefused() {
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.VOCAB_SIZE, "275");
    assertThatThrownBy(() -> Runs.begin(folder.resolve("out"), settings, List.of("A short text."), "vector", 1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("less than one context of 48");
  }

  @Test void run_hugeLearningRate_endsWithAMessageAndKeepsWhatWasSaved() throws IOException {
    Map<Setting, String> settings = Runs.settings();
    settings.put(Setting.LEARNING_RATE, "10");
    settings.put(Setting.WARM_UP, "0");
    settings.put(Setting.WEIGHT_DECAY, "10");
    settings.put(Setting.CLIP, "0");
    settings.put(Setting.EPSILON, "1e-20");
    settings.put(Setting.SAVE_EVERY, "1");
    settings.put(Setting.STEPS, "200");
    Path out = folder.resolve("out");
    try (TrainingRun run = Runs.begin(out, settings, TALES, "vector", 1)) {
      assertThatThrownBy(() -> run.run(Runs.DEAF)).isInstanceOf(IOException.class)
          .hasMessageContaining("lower the learning rate");
    }
    try (TrainingRun run = Runs.resume(out, TALES, "vector", 1)) {
      assertThat(run.step()).as("the last step saved").isPositive();
    }
  }
}
