package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cria.api.Availability;
import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.KernelProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/*
 * The kit is one chain of classes, one for each operation, so that a stranger extends one class and sees flat test names:
 * KernelKit <- EmbedTests <- RmsNormTests <- MatmulTests <- MatmulValueTests <- RopeTests <- AttentionTests <-
 * CacheTests <- GemmTests <- ExpTests <- WorkerTests <- AnswerTests <- KernelConformance. The order means nothing.
 */
/** Creates the kernel under test, once. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class KernelKit {

  /** Sizes around multiples of the lanes of vectors, and ugly ones. */
  static final int[] SIZES = {1, 3, 8, 15, 16, 17, 63, 64, 65, 207, 288, 768, 4099};

  private @Nullable Bench bench;

  /** The provider whose kernel is put to the test. */
  protected abstract KernelProvider provider();

  /** Encodings to multiply by, besides the kit's own. */
  protected abstract List<Encoding> moreEncodings();

  @BeforeAll void createKernel() {
    KernelProvider provider = provider();
    Availability availability = provider.availability();
    assertThat(availability.reason()).as("why backend '%s' cannot run here", provider.name()).isEmpty();
    Kernel kernel = provider.create(OracleKernel::new);
    assertThat(kernel).as("what the provider creates").isNotNull();
    bench = new Bench(kernel, provider.grade());
  }

  final Bench bench() {
    if (bench == null) {
      throw new IllegalStateException("the kernel has not been created");
    }
    return bench;
  }

  final Kernel kernel() {
    return bench().kernel();
  }

  final boolean refuses(KernelFeature feature) {
    return kernel().refused().contains(feature);
  }

  /** All encodings to try: the kit's own and those of the subclass. */
  final List<Encoding> encodings() {
    List<Encoding> all = new ArrayList<>(
        List.of(Encodings.F32, Encodings.HALF, Encodings.SCALED, Encodings.SCALED_WITH_MINIMUM));
    all.addAll(moreEncodings());
    return all;
  }
}
