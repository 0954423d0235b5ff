package dev.cria.training;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.Vocabulary;
import dev.cria.api.kernel.Kernel;
import dev.cria.inference.ThreadTeam;
import dev.cria.tokenizers.SentencePieceBpe;
import dev.cria.tokenizers.TokenizerBin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Trains a model from text, in a folder, step by step; a run that ended, however it ended, can be resumed.
 *
 * <p>The same text, recipe and number of steps give the same weights to the bit: for any number of threads, on every exact
 * backend, and however often the run was interrupted.
 *
 * @since 0.1
 */
public final class TrainingRun implements AutoCloseable {

  private final Recipe recipe;
  private final TrainingFolder folder;
  private final Vocabulary vocabulary;
  private final Corpus corpus;
  private final Validation validation;
  private final ThreadTeam team;
  private final Parameters weights;
  private final Parameters gradients;
  private final Parameters mean;
  private final Parameters meanSquare;
  private final TrainingPass pass;
  private final AdamW optimiser;
  private final List<TrainingBatch> batches = new ArrayList<>();
  private final int steps;
  private final LearningRate learningRate;
  private final long origin;

  private Windows windows;
  private int step;
  private int epoch;
  private int window;
  private volatile boolean cancelled;

  private TrainingRun(Recipe recipe, TrainingFolder folder, Vocabulary vocabulary, List<String> documents,
      Kernel kernel,
      int threads) throws IOException {
    ModelConfiguration model = recipe.configuration();
    requireMemory(recipe);
    this.recipe = recipe;
    this.folder = folder;
    this.vocabulary = vocabulary;
    SentencePieceBpe tokenizer = new SentencePieceBpe(vocabulary);
    Validation.Split split = Validation.split(documents, recipe.number(Setting.VALIDATION), recipe.seed());
    this.corpus = Corpus.encode(split.learned(), tokenizer);
    requireText(model.contextLength());
    this.validation = Validation.of(split.measured(), tokenizer, model.contextLength());
    this.windows = new Windows(corpus, model.contextLength(), recipe.seed(), 0);
    this.steps = steps(recipe, windows.count());
    int warmUp = Math.min(recipe.whole(Setting.WARM_UP), steps / 2);
    this.learningRate = new LearningRate(recipe.learningRate(), recipe.number(Setting.MIN_LEARNING_RATE), warmUp,
        steps);
    this.origin = origin(recipe, corpus);

    ParameterLayout layout = ParameterLayout.of(model);
    this.weights = new Parameters(layout);
    this.gradients = new Parameters(layout);
    this.mean = new Parameters(layout);
    this.meanSquare = new Parameters(layout);
    int sequences = recipe.sequencesAtATime();
    for (int i = 0; i < recipe.whole(Setting.BATCH); i += sequences) {
      batches.add(TrainingBatch.allocate(sequences, model.contextLength()));
    }
    this.team = new ThreadTeam(threads,
        kernel.scratch(TrainingPass.limits(model, sequences * model.contextLength(), threads)));
    this.pass = new TrainingPass(kernel, team, weights, gradients, sequences, model.contextLength(),
        recipe.number(Setting.DROPOUT));
    this.optimiser = new AdamW(recipe.optimiser(), weights, gradients, mean, meanSquare);
  }

  /**
   * Begins a run: learns a vocabulary and sets the first weights.
   *
   * @throws IllegalArgumentException if the recipe does not fit the text
   * @throws IOException if the folder holds a run already, or cannot be written
   */
  public static TrainingRun begin(Recipe recipe, TrainingFolder folder, List<String> documents, Kernel kernel,
      int threads)
      throws IOException {
    folder.begin();
    Vocabulary vocabulary = BpeTrainer.train(documents, recipe.whole(Setting.VOCAB_SIZE),
        recipe.number(Setting.COVERAGE));
    TrainingRun run = new TrainingRun(recipe, folder, vocabulary, documents, kernel, threads);
    Initialisation.initialise(run.weights, recipe.seed());
    folder.write(recipe, vocabulary);
    return run;
  }

  /**
   * Goes on with a run where it was saved last.
   *
   * @param given settings that must be those of the run
   * @throws IllegalArgumentException if one is not
   * @throws IOException if the folder holds no run, it is damaged, or the text is another
   */
  public static TrainingRun resume(TrainingFolder folder, Map<Setting, String> given, List<String> documents,
      Kernel kernel,
      int threads) throws IOException {
    Map<Setting, String> settings = folder.settings();
    given.forEach((setting, value) -> {
      if (!value.equals(settings.get(setting))) {
        throw new IllegalArgumentException("the run in " + folder.path() + " has " + setting.key() + " "
            + settings.get(setting) + ", got '" + value + "'; leave it out, or begin a new run in another folder");
      }
    });
    Recipe recipe = Recipe.of(Recipe.presets().getFirst(), settings);
    Vocabulary vocabulary = TokenizerBin.read(folder.tokenizer(), recipe.whole(Setting.VOCAB_SIZE));
    TrainingRun run = new TrainingRun(recipe, folder, vocabulary, documents, kernel, threads);
    boolean ready = false;
    try {
      TrainingState state = TrainingState.read(folder.state(), run.weights, run.mean, run.meanSquare);
      if (state.origin() != run.origin) {
        throw new FileSystemException(folder.path().toString(), null,
            "holds a run on another text, or with another recipe; name the same files in the same order");
      }
      run.step = state.step();
      run.epoch = state.epoch();
      run.window = state.window();
      run.windows = new Windows(run.corpus, recipe.configuration().contextLength(), recipe.seed(), run.epoch);
      ready = true;
      return run;
    } finally {
      if (!ready) {
        run.close();
      }
    }
  }

  /** What is trained. */
  public Recipe recipe() {
    return recipe;
  }

  /** Steps in all. */
  public int steps() {
    return steps;
  }

  /** Steps taken. */
  public int step() {
    return step;
  }

  /** Tokens that are learned from. */
  public int tokens() {
    return corpus.tokens().length;
  }

  /** How many weights there are. */
  public int parameters() {
    return weights.data().length;
  }

  /** Ends the run after the step at hand, saved; from any thread. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Takes all steps that are left.
   *
   * @return whether it came to the end: false if it was cancelled
   * @throws IOException if the loss is no longer a number, or something cannot be written; what was saved last is kept
   */
  public boolean run(TrainingListener listener) throws IOException {
    try (LossLog log = new LossLog(folder.losses(), step)) {
      if (step == 0) {
        save(listener);
      }
      while (step < steps && !cancelled) {
        TrainingListener.Step taken = next();
        Optional<TrainingListener.Evaluation> evaluation = isDue(Setting.EVALUATE_EVERY)
            ? evaluate()
            : Optional.empty();
        log.add(taken, evaluation);
        listener.step(taken);
        if (evaluation.isPresent()) {
          listener.evaluated(evaluation.get());
        }
        if (isDue(Setting.SAVE_EVERY) || cancelled) {
          save(listener);
        }
      }
      return step == steps;
    }
  }

  @Override public void close() {
    pass.close();
    team.close();
  }

  private boolean isDue(Setting every) {
    return step == steps || step % recipe.whole(every) == 0;
  }

  private TrainingListener.Step next() throws IOException {
    long began = System.nanoTime();
    int targets = 0;
    for (TrainingBatch batch : batches) {
      fill(batch);
      targets += batch.targetCount();
    }
    double loss = 0;
    for (int i = 0; i < batches.size(); i++) {
      int noise = Dropout.mix(Dropout.mix((int) recipe.seed() + step) + i);
      loss += pass.lossAndGradients(batches.get(i), 1f / targets, noise);
    }
    team.run(optimiser::measure);
    double norm = optimiser.gradientNorm();
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new IOException(String.format(Locale.ROOT,
          "step %d: the loss is %s, the norm of the gradients %s; lower the learning rate (%s) or the norm at which they are "
              + "clipped (%s); what was saved last is kept",
          step + 1, loss / targets, norm, recipe.text(Setting.LEARNING_RATE), recipe.text(Setting.CLIP)));
    }
    int number = step + 1;
    team.run(worker -> optimiser.step(worker, number, learningRate.at(number)));
    step = number;
    return new TrainingListener.Step(step, steps, epoch, loss / targets, learningRate.at(step), norm, targets,
        System.nanoTime() - began);
  }

  private void fill(TrainingBatch batch) {
    for (int sequence = 0; sequence < batch.sequences(); sequence++) {
      if (window == windows.count()) {
        window = 0;
        epoch++;
        windows = new Windows(corpus, batch.length(), recipe.seed(), epoch);
      }
      windows.write(window++, batch, sequence);
    }
  }

  private Optional<TrainingListener.Evaluation> evaluate() {
    return validation.measure(pass, batches.getFirst(), step);
  }

  private void save(TrainingListener listener) throws IOException {
    folder.write(weights, vocabulary);
    new TrainingState(origin, step, epoch, window).write(folder.state(), weights, mean, meanSquare);
    new LossPlot(folder.losses()).write(folder.plot());
    listener.saved(step);
  }

  private static void requireMemory(Recipe recipe) {
    long most = Runtime.getRuntime().maxMemory();
    if (recipe.memory() > most) {
      throw new IllegalArgumentException(String.format(Locale.ROOT,
          "training this model takes about %,d MB, the heap may grow to %,d MB; raise it with CRIA_JAVA_OPTS=-Xmx%dm, or train "
              + "a smaller model",
          recipe.memory() >> 20, most >> 20, (recipe.memory() >> 20) * 5 / 4));
    }
  }

  private void requireText(int context) {
    if (corpus.tokens().length < context) {
      throw new IllegalArgumentException("the text to learn from has " + corpus.tokens().length
          + " tokens, less than one context of " + context + "; add text, or lower the context");
    }
  }

  private static int steps(Recipe recipe, int windows) {
    int given = recipe.whole(Setting.STEPS);
    double needed = Math.ceil(recipe.number(Setting.EPOCHS) * windows / recipe.whole(Setting.BATCH));
    return given > 0 ? given : (int) Math.clamp(needed, 1, Integer.MAX_VALUE);
  }

  private static long origin(Recipe recipe, Corpus corpus) {
    CRC32C checksum = new CRC32C();
    checksum.update(recipe.properties().getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES);
    for (int token : corpus.tokens()) {
      checksum.update(bytes.clear().putInt(token).flip());
    }
    return checksum.getValue();
  }
}
