package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import java.util.Objects;
import org.assertj.core.api.Assertions;

/** Compares what an operation wrote with what it should have, and says where it differs. */
final class Comparison {

  private Comparison() {}

  /** Equal bit for bit, any NaN being equal to any other. */
  static void assertSameBits(Output output, int[] actual, int[] wanted, String source) {
    for (int i = 0; i < actual.length; i++) {
      if (output.inside(i) && !same(output, actual[i], wanted[i])) {
        Assertions.fail("%s is %s, but in %s %s",
            output.place(i), show(output, actual[i]), source, show(output, wanted[i]));
      }
    }
  }

  /** Within the bound of the exact value; NaN where that is NaN. */
  static void assertWithinBound(Output output, int[] actual, Expected expected) {
    FloatMatrix view = Objects.requireNonNull(output.view(), "a cache has no bound");
    for (int r = 0; r < view.rows(); r++) {
      for (int c = 0; c < view.cols(); c++) {
        int word = view.index(r) + c;
        float got = Float.intBitsToFloat(actual[word]);
        double exact = expected.exact()[r * view.cols() + c];
        double bound = expected.bound()[r * view.cols() + c];
        boolean right = (Double.isNaN(exact) || Double.isInfinite(exact))
            ? Double.compare(got, exact) == 0
            : Math.abs(got - exact) <= bound;
        if (!right) {
          Assertions.fail("%s is %s, but exactly %s, and it may be off by %s",
              output.place(word), got, exact, bound);
        }
      }
    }
  }

  static void assertCanariesIntact(Output output, int[] actual) {
    int[] initial = output.memory().initial();
    for (int i = 0; i < actual.length; i++) {
      if (!output.inside(i) && actual[i] != initial[i]) {
        Assertions.fail("%s is outside of the output %s, but %s was written there", output.place(i),
            Objects.requireNonNull(output.view()).shape(), show(output, actual[i]));
      }
    }
  }

  private static boolean same(Output output, int a, int b) {
    return a == b
        || (output.view() != null && Float.isNaN(Float.intBitsToFloat(a)) && Float.isNaN(Float.intBitsToFloat(b)));
  }

  private static String show(Output output, int word) {
    return output.view() == null
        ? "0x%08x".formatted(word)
        : "%s (0x%08x)".formatted(Float.intBitsToFloat(word), word);
  }
}
