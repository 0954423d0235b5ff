package dev.cria.cli;

import dev.cria.inference.Engine;
import dev.cria.inference.GenerationRequest;
import dev.cria.training.TrainingFolder;
import dev.cria.training.TrainingListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Tells how a training run goes: figures on standard error, a sample of a story on standard output now and then. */
final class TrainReport implements TrainingListener {

  private static final long LINE_NANOS = 30_000_000_000L; // between lines where nobody watches
  private static final int SAMPLE_TOKENS = 80;

  private final Terminal terminal;
  private final TrainingFolder folder;
  private final String backend;
  private final Progress progress;
  private long nanos;
  private long tokens;
  private long lastLine = System.nanoTime();
  private String last = "";

  TrainReport(Terminal terminal, TrainingFolder folder, String backend) {
    this.terminal = terminal;
    this.folder = folder;
    this.backend = backend;
    this.progress = Progress.of(terminal);
  }

  @Override public void step(Step step) {
    nanos = nanos == 0 ? step.nanos() : (9 * nanos + step.nanos()) / 10;
    tokens = tokens == 0 ? step.targets() : (9 * tokens + step.targets()) / 10;
    last = String.format(Locale.ROOT, "step %d of %d, loss %.4f, %,.0f tokens/s, %s left", step.step(), step.steps(),
        step.loss(), tokens * 1e9 / nanos, time((step.steps() - step.step()) * nanos));
    progress.show(step.step(), step.steps(), last);
    if (!StandardError.isTerminal() && System.nanoTime() - lastLine > LINE_NANOS) {
      say(last);
    }
  }

  @Override public void evaluated(Evaluation evaluation) {
    say(String.format(Locale.ROOT, "%s; on text not learned from: loss %.4f, bits per byte %.4f", last,
        evaluation.loss(),
        evaluation.bitsPerByte()));
  }

  @Override public void saved(int step) throws IOException {
    if (step == 0) {
      return;
    }
    progress.clear();
    try (Engine model = Engine.open(folder.model()).tokenizer(folder.tokenizer()).backend(backend).threads(1)
        .classLoader(PluginClassLoader.get()).load()) {
      int most = Math.min(SAMPLE_TOKENS, model.contextLength());
      terminal.out().print(model.generate(GenerationRequest.of("").temperature(0.8).seed(step).maxPositions(most))
          .text().strip() + "\n\n");
    }
  }

  /** The last words. */
  void finished(int step, boolean ended) {
    progress.clear();
    terminal.say("cria: " + (ended ? "finished" : "interrupted") + " after step " + step + "; the model is "
        + folder.model() + (ended ? "" : ", --resume goes on"));
  }

  private void say(String line) {
    progress.clear();
    terminal.say(line);
    lastLine = System.nanoTime();
  }

  private static String time(long nanos) {
    Duration left = Duration.ofNanos(nanos);
    return left.toHours() > 0
        ? left.toHours() + " h " + left.toMinutesPart() + " min"
        : left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }
}
