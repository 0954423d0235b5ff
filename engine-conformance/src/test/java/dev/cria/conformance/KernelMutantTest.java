package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelProvider;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kit must find every fault, by the tests that are meant for it and no others, and no fault where there is none.
 *
 * <p>Which tests those are is in {@code kernel-mutants.txt}.
 */
final class KernelMutantTest {

  private static final MutantLedger LEDGER = MutantLedger.read("kernel-mutants.txt");

  /** A kernel made from the oracle, and the grade that it claims. */
  record Mutant(String name, Grade grade, Function<Kernel, Kernel> kernel) {
    @Override public String toString() {
      return name + ", " + grade;
    }
  }

  /** What runs in the engine within the test; nested, so that it is no test of its own. */
  static final class Subject extends KernelConformance {
    private static @Nullable Mutant mutant;

    @Override protected KernelProvider provider() {
      Mutant current = mutant;
      if (current == null) {
        throw new IllegalStateException("runs within KernelMutantTest alone");
      }
      return KernelFixture.provider("mutant", current.grade(), context -> current.kernel().apply(context.base()));
    }
  }

  static Stream<Mutant> mutants() {
    return KernelMutantTable.mutants();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void kernel_withOneFaultOrNone_failsTheTestsMeantForIt(Mutant mutant) {
    Subject.mutant = mutant;
    Set<String> failed = KitRun.of(Subject.class).failed();
    LEDGER.found(mutant.toString(), failed);
    assertThat(failed).as("tests that fail for '%s'", mutant).isEqualTo(LEDGER.meant(mutant.toString()));
  }

  @Test
  void ledger_namesTheKernelsThatThereAre() {
    assertThat(LEDGER.names()).containsExactlyInAnyOrderElementsOf(mutants().map(Mutant::toString).toList());
  }

  @AfterAll
  static void printTable() throws IOException {
    LEDGER.print("kernel-mutants.md");
  }
}
