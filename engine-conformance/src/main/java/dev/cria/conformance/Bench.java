package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.UnsupportedFeatureException;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.lang.foreign.Arena;
import java.util.List;

/** Runs cases on a kernel and holds the outcome to the contract. */
final class Bench {

  private static final Team.Turns UNWATCHED = new Team.Turns() {
    @Override public void starts(int worker) {}

    @Override public void ends(int worker) {}

    @Override public void phaseEnds() {}
  };

  private final Kernel kernel;
  private final Kernel oracle;
  private final Grade grade;

  Bench(Kernel kernel, Grade grade) {
    this.kernel = kernel;
    this.oracle = new OracleKernel(kernel::roundsActivations);
    this.grade = grade;
  }

  Kernel kernel() {
    return kernel;
  }

  /** Runs a case on one worker: values, canaries, operands. Refusal is what is right if a feature is refused. */
  void check(Case c, KernelFeature... needed) {
    for (KernelFeature feature : needed) {
      if (kernel.refused().contains(feature)) {
        checkRefusal(c, feature);
        return;
      }
    }
    List<int[]> specified = specified(c);
    List<Expected> expected = c.expected(kernel);
    expected.forEach(Expected::requireMeaning);
    List<int[]> before = c.inputs().stream().map(Memory::words).toList();
    List<int[]> actual = outcome(c, 1, Float.NaN);
    for (int o = 0; o < actual.size(); o++) {
      Output output = c.outputs().get(o);
      Comparison.assertCanariesIntact(output, actual.get(o));
      if (grade == Grade.EXACT || expected.isEmpty()) {
        Comparison.assertSameBits(output, actual.get(o), specified.get(o), "the specification");
      }
      if (!expected.isEmpty()) {
        Comparison.assertWithinBound(output, actual.get(o), expected.get(o));
      }
    }
    assertInputsUnchanged(c, before);
  }

  void assertInputsUnchanged(Case c, List<int[]> before) {
    for (int i = 0; i < before.size(); i++) {
      Memory input = c.inputs().get(i);
      assertThat(input.words()).as("the operand '%s' after the call", input.name()).isEqualTo(before.get(i));
    }
  }

  /** Checks that a case is refused with the very message that {@code Shapes} has for it, and that nothing is written. */
  void checkRefused(Case c, Runnable check) {
    Throwable wanted = catchThrowable(check::run);
    assertThat(wanted).as("Shapes refuses it too").isInstanceOf(IllegalArgumentException.class);
    for (int workers : new int[]{1, 2}) {
      assertThatThrownBy(() -> outcome(c, workers, Float.NaN)).as("%d workers", workers)
          .isInstanceOf(IllegalArgumentException.class).hasMessage(wanted.getMessage());
      assertNothingWritten(c);
    }
  }

  /** Checks that a case is refused because of a feature, and that nothing is written. */
  void checkRefusal(Case c, KernelFeature feature) {
    assertThatThrownBy(() -> outcome(c, 1, Float.NaN)).as("a call that needs the refused feature %s", feature)
        .isInstanceOfSatisfying(UnsupportedFeatureException.class,
            e -> assertThat(e.feature()).as("feature() of the exception").isEqualTo(feature));
    assertNothingWritten(c);
  }

  /** Runs a case on weights of an encoding if the kernel multiplies it, and otherwise checks that it refuses. */
  void checkEncoded(Case c, List<Encoding> encodings) {
    for (Encoding encoding : encodings) {
      if (!kernel.multiplies(encoding)) {
        assertThatThrownBy(() -> outcome(c, 1, Float.NaN))
            .as("weights in %s, which multiplies() denies", encoding.name())
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(encoding.name());
        assertNothingWritten(c);
        return;
      }
    }
    check(c);
  }

  void assertNothingWritten(Case c) {
    for (Output output : c.outputs()) {
      assertThat(output.memory().words()).as("'%s' after a refusal", output.memory().name())
          .isEqualTo(output.memory().initial());
    }
  }

  /** What the oracle makes of a case. */
  List<int[]> specified(Case c) {
    c.outputs().forEach(output -> output.memory().reset());
    Team.runAtOnce(new Scratch(oracle.scratch(c.limits(1)), 1, Float.NaN), worker -> c.runPlain(oracle, worker));
    List<int[]> words = words(c);
    c.outputs().forEach(output -> output.memory().reset());
    return words;
  }

  /** What the kernel makes of a case with a number of workers that take turns. */
  List<int[]> outcome(Case c, int workers, float rubbish) {
    c.outputs().forEach(output -> output.memory().reset());
    continueWith(c, workers, rubbish);
    return words(c);
  }

  /** The same, with the outputs as they are. */
  void continueWith(Case c, int workers, float rubbish) {
    Scratch scratch = scratch(c.limits(workers), rubbish);
    Team.runInTurns(scratch, UNWATCHED, worker -> c.run(kernel, worker));
    scratch.assertGuardsIntact();
  }

  Scratch scratch(KernelLimits limits, float rubbish) {
    return new Scratch(kernel.scratch(limits), limits.workers(), rubbish);
  }

  List<int[]> words(Case c) {
    return c.outputs().stream().map(output -> output.memory().words()).toList();
  }

  /** A matrix in the layout that the kernel prefers; itself if that is row-major. */
  WeightMatrix prepared(WeightMatrix w) {
    return prepared(w, 1);
  }

  WeightMatrix prepared(WeightMatrix w, int workers) {
    WeightLayout layout = kernel.preferredLayout(w.rows(), w.cols(), w.encoding());
    if (layout.equals(WeightLayout.ROW_MAJOR) || !kernel.multiplies(w.encoding())) {
      return w;
    }
    WeightMatrix out = unprepared(w, layout);
    int widest = Math.max(w.rows(), w.cols());
    Scratch scratch = scratch(new KernelLimits(1, widest, 1, 1, 1, workers), Float.NaN);
    Team.runInTurns(scratch, UNWATCHED, worker -> kernel.prepare(worker, out, w));
    scratch.assertGuardsIntact();
    return new WeightMatrix(w.name(), w.rows(), w.cols(), w.encoding(), layout, out.data().asReadOnly());
  }

  /** Zeroed, aligned memory for a matrix in a layout. */
  WeightMatrix unprepared(WeightMatrix w, WeightLayout layout) {
    return new WeightMatrix(w.name(), w.rows(), w.cols(), w.encoding(), layout,
        Arena.ofAuto().allocate(layout.byteSize(w.rows(), w.cols(), w.encoding()), 64));
  }

  /** All matrices of a product in the layout that the kernel prefers. */
  FusedMatmul prepared(FusedMatmul product) {
    Epilogue epilogue = product.epilogue();
    return new FusedMatmul(product.weights().stream().map(this::prepared).toList(), epilogue);
  }
}
