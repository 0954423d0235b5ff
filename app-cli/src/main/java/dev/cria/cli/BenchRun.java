package dev.cria.cli;

import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.SequenceState;
import dev.cria.inference.Backend;
import dev.cria.inference.BackendSelector;
import java.io.IOException;
import java.util.List;

/** Times a model on several backends. */
final class BenchRun {

  private final Terminal terminal;
  private final BackendSelector backends;
  private final WarmUp warmUp = WarmUp.ofThisJvm();

  BenchRun(Terminal terminal, BackendSelector backends) {
    this.terminal = terminal;
    this.backends = backends;
  }

  /** Runs all tests, and prints each result as soon as it is there. */
  void run(Checkpoint checkpoint, BenchRequest request, BenchFormat format) throws IOException {
    List<Backend> chosen = request.backends().stream().map(backends::select).toList();
    List<BenchTest> tests = request.tests(checkpoint);
    long steps = (1L + request.repetitions()) * chosen.size() * request.threads().size() * tests.size();
    BenchModel model = BenchModel.of(checkpoint);
    try (BenchReport report = new BenchReport(terminal, format, model, steps);
        var _ = Interruption.saying(() -> end(report))) {
      for (Backend backend : chosen) {
        for (int threads : request.threads()) {
          report.show("loading for " + backend.name());
          try (ModelExecutor executor = backend.open(checkpoint, options(tests, threads))) {
            for (BenchTest test : tests) {
              long[] nanos = time(executor, test, request.repetitions(), report,
                  test.name() + ", " + backend.name() + ", " + threads + (threads == 1 ? " thread" : " threads"));
              report.row(BenchRow.of(model, backend.name(), threads, test, nanos));
            }
          }
        }
      }
    }
  }

  private long[] time(ModelExecutor executor, BenchTest test, int repetitions, BenchReport report, String what) {
    report.show(what);
    try (SequenceState sequence = executor.newSequence(executor.maxPositions())) {
      warmUp.run(() -> test.run(executor, sequence));
      long[] nanos = new long[repetitions];
      for (int i = 0; i < repetitions; i++) {
        report.step();
        report.show(what);
        nanos[i] = test.run(executor, sequence);
      }
      report.step();
      return nanos;
    }
  }

  private static ExecutorOptions options(List<BenchTest> tests, int threads) {
    int prompt = tests.stream().mapToInt(BenchTest::prompt).max().orElse(0);
    int positions = tests.stream().mapToInt(BenchTest::positions).max().orElse(1);
    return new ExecutorOptions(Math.clamp(prompt, 1, TextRun.PROMPT_BATCH), positions, threads);
  }

  private static void end(BenchReport report) {
    try {
      report.close();
    } catch (OutputException e) {
      // nobody reads it any more, and the process is about to end
    }
  }
}
