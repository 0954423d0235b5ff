package dev.cria.training;

import java.io.IOException;
import java.nio.file.Path;

/** Goes on with a run until it is killed. */
final class ResumingProcess {

  private ResumingProcess() {}

  static void main(String[] args) throws IOException {
    try (TrainingRun run = Runs.resume(Path.of(args[0]), Texts.tales(60, 1), "vector", 1)) {
      run.run(Runs.DEAF);
    }
  }
}
